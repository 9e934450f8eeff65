FROM localhost/debian:bookworm
RUN apt-get update -q && apt-get install -qy --no-install-recommends wget && rm -rf /var/lib/apt/lists/*
ARG PROGRAM
COPY ${PROGRAM} /usr/bin/${PROGRAM}
ENV PROGRAM=${PROGRAM}
