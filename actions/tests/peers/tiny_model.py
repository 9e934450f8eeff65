"""A model file of 0.1 MB for llama.cpp's real server: it says one Russian sentence to anything.

The weights are a table of which word follows which, so the text is always the same. The file's
format is GGUF 3: github.com/ggml-org/ggml, docs/gguf.md.
"""

import struct
from pathlib import Path
from typing import Any

import numpy as np

SENTENCE = ("▁Маленькая", "▁модель", "▁всегда", "▁говорит", "▁это")
_WIDTH, _ALIGN = 32, 32
_U32, _F32, _BOOL, _STRING, _ARRAY, _I32 = 4, 6, 7, 8, 9, 5
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6
_TEMPLATE = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}<|assistant|>"


def write_tiny_model(file: Path, *, endless: bool = False) -> None:
    """Write the model.

    :param endless: it says the sentence again and again and never stops by itself.
    """
    tokens = [("<unk>", _UNKNOWN), ("<s>", _CONTROL), ("</s>", _CONTROL)]
    tokens += [(f"<|{role}|>", _CONTROL) for role in ("user", "assistant", "system")]
    tokens += [(f"<0x{byte:02X}>", _BYTE) for byte in range(256)]
    first = len(tokens)
    tokens += [(word, _NORMAL) for word in SENTENCE]
    pairs = [
        ("general.architecture", _STRING, "llama"),
        ("general.name", _STRING, "tiny"),
        ("llama.context_length", _U32, 4096),
        ("llama.embedding_length", _U32, _WIDTH),
        ("llama.block_count", _U32, 1),
        ("llama.feed_forward_length", _U32, _WIDTH),
        ("llama.attention.head_count", _U32, 2),
        ("llama.attention.head_count_kv", _U32, 2),
        ("llama.rope.dimension_count", _U32, _WIDTH // 2),
        ("llama.attention.layer_norm_rms_epsilon", _F32, 1e-5),
        ("llama.vocab_size", _U32, len(tokens)),
        ("general.file_type", _U32, 0),
        ("tokenizer.ggml.model", _STRING, "llama"),
        ("tokenizer.ggml.tokens", _ARRAY, (_STRING, [text for text, _ in tokens])),
        ("tokenizer.ggml.scores", _ARRAY, (_F32, [-float(n) for n in range(len(tokens))])),
        ("tokenizer.ggml.token_type", _ARRAY, (_I32, [kind for _, kind in tokens])),
        ("tokenizer.ggml.bos_token_id", _U32, 1),
        ("tokenizer.ggml.eos_token_id", _U32, 2),
        ("tokenizer.ggml.unknown_token_id", _U32, 0),
        ("tokenizer.ggml.add_bos_token", _BOOL, True),
        ("tokenizer.chat_template", _STRING, _TEMPLATE),
    ]
    tensors = _weights(len(tokens), first, endless=endless)
    file.write_bytes(_file(pairs, tensors))


def _weights(size: int, first: int, *, endless: bool) -> dict[str, np.ndarray]:
    """Token → direction → the next token; all else leads to the first word."""
    embedding = np.zeros((size, _WIDTH), np.float32)
    head = np.zeros((size, _WIDTH), np.float32)
    embedding[:, 0], head[first, 0] = 1, 4
    last = size - 1
    for place in range(first, size):
        after = place + 1 if place < last else (first if endless else 2)
        direction = place - first + 1
        embedding[place] = 0
        embedding[place, direction], head[after, direction] = 1, 4
    ones, zeros = np.ones(_WIDTH, np.float32), np.zeros((_WIDTH, _WIDTH), np.float32)
    names = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    return {
        "token_embd.weight": embedding,
        "output.weight": head,
        "output_norm.weight": ones,
        "blk.0.attn_norm.weight": ones,
        "blk.0.ffn_norm.weight": ones,
        **{f"blk.0.{name}.weight": zeros for name in names},
    }


def _file(pairs: list[tuple[str, int, Any]], tensors: dict[str, np.ndarray]) -> bytes:
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(pairs))
    head += b"".join(
        _text(key) + struct.pack("<I", kind) + _value(kind, v) for key, kind, v in pairs
    )
    data = b""
    for name, tensor in tensors.items():
        shape = tensor.shape[::-1]
        head += _text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        head += struct.pack("<IQ", 0, len(data))
        data += _padded(tensor.tobytes())
    return _padded(head) + data


def _value(kind: int, value: Any) -> bytes:
    if kind == _ARRAY:
        of, items = value
        return struct.pack("<IQ", of, len(items)) + b"".join(_value(of, item) for item in items)
    if kind == _STRING:
        return _text(value)
    return struct.pack({_U32: "<I", _I32: "<i", _F32: "<f", _BOOL: "<?"}[kind], value)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % _ALIGN)
