FROM localhost/debian:bookworm
RUN apt-get update -q && apt-get install -qy --no-install-recommends prometheus prometheus-alertmanager wget \
    && rm -rf /var/lib/apt/lists/* && ln -s /usr/bin/prometheus-alertmanager /bin/alertmanager \
    && mkdir -p /prometheus /alertmanager && chown 65534:65534 /prometheus /alertmanager
USER 65534:65534
