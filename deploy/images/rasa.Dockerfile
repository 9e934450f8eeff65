# The Rasa server with its model. Rasa 3.6 needs Python 3.10, which its authors no longer mend;
# Ubuntu 22.04 does until 2027 (2032 with Ubuntu Pro): docs/adr/0023-python-3.10.md.
FROM ubuntu:22.04 AS base
# Versions are not pinned: a build takes the distribution's newest patches.
# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get upgrade -qy \
    && apt-get install -qy --no-install-recommends ca-certificates python3.10 python3-distutils tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp optfm

FROM base AS environment
# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get install -qy --no-install-recommends python3-pip python3.10-venv \
    && rm -rf /var/lib/apt/lists/*
COPY deploy/images/rasa.lock /build/rasa.lock
RUN python3.10 -m venv /app/.venv \
    && /app/.venv/bin/pip install -q --no-cache-dir --disable-pip-version-check --retries 10 --timeout 60 --no-deps --require-hashes \
       -r /build/rasa.lock

FROM environment AS model
WORKDIR /app
COPY config.yml domain.yml ./
COPY data data
COPY components components
COPY common common
# What components/ read of it, so that other changes of the action server train nothing anew.
COPY actions/optfm/text/vocabulary actions/optfm/text/vocabulary
COPY actions/optfm/facts actions/optfm/facts
# The vectors of the examples, so that the build need not reckon them.
COPY models/nlu-vectors.npz models/nlu-vectors.npz
RUN RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1 \
    .venv/bin/python -W ignore -m components.lean train --fixed-model-name optfm \
    && rm models/nlu-vectors.npz

FROM base
WORKDIR /app
COPY --from=environment /app/.venv .venv
COPY common common
COPY components components
COPY connectors connectors
COPY config.yml domain.yml credentials.yml ./
COPY deploy/images/endpoints.yml deploy/images/health.py ./
COPY docs/openapi.yaml docs/openapi.yaml
COPY widget/dist widget/dist
COPY actions/optfm actions/optfm
COPY --from=model /app/models models
# .env: the settings that docker-compose's `settings` service wrote, where there are any.
RUN .venv/bin/python -m compileall -q common components connectors \
    && ln -s /run/optfm/env .env \
    && install -d -o optfm -g optfm /var/lib/optfm /var/log/optfm
ENV PATH=/app/.venv/bin:$PATH \
    HOME=/tmp \
    OPTFM_VAR=/var/lib/optfm \
    OPTFM_LOGS=/var/log/optfm \
    ACTIONS_URL=http://actions:5055 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONWARNINGS=ignore \
    MPLCONFIGDIR=/tmp \
    RASA_TELEMETRY_ENABLED=false \
    SQLALCHEMY_SILENCE_UBER_WARNING=1 \
    TF_CPP_MIN_LOG_LEVEL=3
USER 10001:10001
EXPOSE 5005
CMD ["python", "-m", "components.lean", "run", "--interface", "0.0.0.0", "--port", "5005", \
     "--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--model", "models"]
