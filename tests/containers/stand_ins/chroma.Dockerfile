# The program of the public image, from its Python package; the public one is called the same way, with a file of settings.
FROM docker.io/library/python:3.12-slim
ARG VERSION
RUN python -m venv /opt/chroma && /opt/chroma/bin/pip install -q --no-cache-dir "chromadb==${VERSION}"
EXPOSE 8000
ENTRYPOINT ["/opt/chroma/bin/chroma"]
CMD ["run", "--host", "0.0.0.0", "--port", "8000", "--path", "/data"]
