#!/usr/bin/env bash
# Makes what a machine without an image registry needs to build and run docker-compose.yml: images from package
# registries alone that bear the names and tags of the public ones. What a stand-in cannot show (the real image's
# entry point and user) is in README.md beside this file.
#   tests/containers/stand_ins.sh            needs localhost/debian:bookworm, podman, debootstrap, go
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
certificates=/etc/ssl/certs/ca-certificates.crt
trusting=(--change "ENV SSL_CERT_FILE=$certificates" --change "ENV PIP_CERT=$certificates")

ubuntu() {
  podman image exists docker.io/library/ubuntu:22.04 && return
  debootstrap --variant=minbase --no-check-gpg --components=main,universe --include=ca-certificates jammy "$work/jammy" >/dev/null
  sources=$work/jammy/etc/apt/sources.list
  sed 's/ jammy / jammy-updates /; t' "$sources" >"$work/updates"
  sed 's/ jammy / jammy-security /; t' "$sources" >"$work/security"
  cat "$work/updates" "$work/security" >>"$sources"
  cp "$certificates" "$work/jammy$certificates"
  cp -r /usr/local/share/ca-certificates "$work/jammy/usr/local/share/"
  chroot "$work/jammy" update-ca-certificates >/dev/null 2>&1
  [ -f /etc/pip.conf ] && cp /etc/pip.conf "$work/jammy/etc/pip.conf"
  tar -C "$work/jammy" -c . | podman import "${trusting[@]}" - docker.io/library/ubuntu:22.04
}

# The python image keeps its interpreter in /usr/local; so does this one, from this machine's pyenv.
python() {
  podman image exists docker.io/library/python:3.12-slim && return
  prefix=$(dirname "$(dirname "$(readlink -f "$(pyenv prefix 3.12 2>/dev/null || ls -d ~/.pyenv/versions/3.12*)/bin/python3.12")")")
  mkdir "$work/python"
  tar -C "$prefix" --exclude='__pycache__' --exclude='test' -cf "$work/python/python.tar" bin lib include
  cp -r /usr/local/share/ca-certificates "$work/python/"
  podman build -q -t docker.io/library/python:3.12-slim -f "$here/stand_ins/python.Dockerfile" "$work/python"
}

postgres() {
  podman image exists docker.io/library/postgres:18 && return
  cp -r "$here/stand_ins/postgres" "$work/postgres"
  podman build -q -t docker.io/library/postgres:18 "$work/postgres"
}

# One static Go program an image.
program() { # image module[@version] [packages…]
  podman image exists "$1" && return
  mkdir -p "$work/go"
  GOBIN=$work/go CGO_ENABLED=0 go install "$2"
  name=$(basename "${2%@*}")
  podman build -q -t "$1" --build-arg "PROGRAM=$name" -f "$here/stand_ins/program.Dockerfile" "$work/go"
}

# The server that the tests build (actions/tests/peers/weaviate.py).
weaviate() {
  image=cr.weaviate.io/semitechnologies/weaviate:1.38.11
  podman image exists "$image" && return
  mkdir -p "$work/weaviate"
  cp "$here/../../.tools/bin/weaviate-server" "$work/weaviate/weaviate"
  podman build -q -t "$image" --build-arg PROGRAM=weaviate -f "$here/stand_ins/program.Dockerfile" "$work/weaviate"
}

chroma() {
  version=1.5.9
  podman image exists "docker.io/chromadb/chroma:$version" && return
  podman build -q -t "docker.io/chromadb/chroma:$version" --build-arg "VERSION=$version" \
    -f "$here/stand_ins/chroma.Dockerfile" "$work"
}

# Its API with a model that says one sentence: the real program is no package of any registry.
ollama() {
  podman image exists docker.io/ollama/ollama:0.17.4 && return
  podman build -q -t docker.io/ollama/ollama:0.17.4 "$here/stand_ins/ollama"
}

redis() {
  podman image exists docker.io/library/redis:8 && return
  podman build -q -t docker.io/library/redis:8 -f "$here/stand_ins/redis.Dockerfile" "$work"
}

monitoring() {
  podman image exists docker.io/prom/prometheus:v3.5.0 && return
  podman build -q -t docker.io/prom/prometheus:v3.5.0 -t docker.io/prom/alertmanager:v0.28.1 \
    -f "$here/stand_ins/monitoring.Dockerfile" "$work"
}

"$@"
