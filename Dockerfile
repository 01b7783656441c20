# The service in two stages: what builds it stays behind. docs/docker.md says how to run it and what was proven.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python3 -m venv /opt/eig
COPY requirements/runtime.txt requirements/node.txt requirements/
RUN /opt/eig/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/runtime.txt
# Node builds the page and stays behind: it goes into a folder of its own.
RUN /opt/eig/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/node.txt --target /opt/node
COPY pyproject.toml README.md LICENSE hatch_build.py page_build.py ./
COPY app app
COPY graph graph
COPY ingest ingest
RUN PYTHONPATH=/opt/node /opt/eig/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin eig
COPY --from=build /opt/eig /opt/eig
COPY app/samples /samples
ENV PATH=/opt/eig/bin:$PATH EIG_HOME=/data EIG_HOST=0.0.0.0 EIG_PORT=8000 PYTHONUNBUFFERED=1
USER eig
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python3", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"EIG_PORT\"]}/readyz', timeout=4)"]
CMD ["eig", "serve"]
