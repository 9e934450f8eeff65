# The action server, the API, the worker and the commands: one image, started as each of them.
FROM python:3.12-slim AS base
# Versions are not pinned: a build takes the distribution's newest patches.
# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get upgrade -qy \
    && apt-get install -qy --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp optfm

FROM base AS environment
COPY deploy/images/actions.lock /build/actions.lock
RUN python -m venv /app/actions/.venv \
    && /app/actions/.venv/bin/pip install -q --no-cache-dir --disable-pip-version-check --retries 10 --timeout 60 --no-deps --require-hashes \
       -r /build/actions.lock

FROM base
WORKDIR /app
COPY --from=environment /app/actions/.venv actions/.venv
COPY common common
COPY actions/optfm actions/optfm
COPY domain.yml ./
COPY docs/knowledge docs/knowledge
COPY prices prices
COPY deploy/images/health.py ./
COPY deploy/prepare.py deploy/prepare.py
COPY --chmod=755 deploy/images/optfm /usr/local/bin/optfm
RUN actions/.venv/bin/python -m compileall -q common actions/optfm \
    && ln -s /run/optfm/env .env \
    && install -d -o optfm -g optfm /var/lib/optfm /var/log/optfm /var/backups/optfm
ENV PATH=/app/actions/.venv/bin:$PATH \
    PYTHONPATH=/app/actions:/app \
    HOME=/tmp \
    OPTFM_VAR=/var/lib/optfm \
    OPTFM_LOGS=/var/log/optfm \
    SANIC_HOST=0.0.0.0 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONWARNINGS=ignore
USER 10001:10001
EXPOSE 5055
CMD ["python", "-m", "optfm.dialogue", "--port", "5055"]
