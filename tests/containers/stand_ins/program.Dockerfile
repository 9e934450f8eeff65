FROM localhost/debian:bookworm
RUN apt-get update -q && apt-get install -qy --no-install-recommends wget && rm -rf /var/lib/apt/lists/*
ARG PROGRAM
COPY ${PROGRAM} /usr/bin/${PROGRAM}
# Where Caddy's own image lets it keep its certificates.
ENV PROGRAM=${PROGRAM} XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config
