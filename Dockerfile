# The bot alone, as somebody who may change nothing of it. docs/run-it.md, "In a container", says how to run it.
FROM python:3.12-slim AS built
RUN python -m venv /opt/between
COPY requirements-bot.lock /tmp/
RUN /opt/between/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements-bot.lock

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin between \
    && install --directory --owner=between --mode=0700 /var/lib/between
COPY --from=built /opt/between /opt/between
COPY bot /srv/between/bot
COPY handlers /srv/between/handlers
COPY scheduler /srv/between/scheduler
RUN chmod -R a=rX /srv/between
WORKDIR /srv/between
# What is set here is no secret. Tokens and keys come from outside, in the environment or as mounted files.
ENV PATH=/opt/between/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DATA_DIR=/var/lib/between/data HTTP_HOST=0.0.0.0 HTTP_PORT=3000 LOG_FORMAT=json
VOLUME /var/lib/between
EXPOSE 3000
USER between
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['HTTP_PORT']}/healthz\", timeout=8)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
