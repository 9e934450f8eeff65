FROM localhost/debian:bookworm
RUN apt-get update -q && apt-get install -qy --no-install-recommends \
      libbz2-1.0 libexpat1 libffi8 liblzma5 libncursesw6 libreadline8 libsqlite3-0 libssl3 libuuid1 zlib1g libcrypt1 libnsl2 \
    && rm -rf /var/lib/apt/lists/*
# What this machine trusts outlives the next update of the certificates.
COPY ca-certificates /usr/local/share/ca-certificates
ADD python.tar /usr/local/
RUN update-ca-certificates && ldconfig && ln -sf python3.12 /usr/local/bin/python && sed -i '1s|.*|#!/usr/local/bin/python3.12|' /usr/local/bin/pip3* \
    && python -c 'import ssl, sqlite3, ctypes, venv'
CMD ["python3"]
