# engross on Debian, for machines where nothing is to be installed.
#
#   docker build -t engross .
#   docker run --rm --network none --user "$(id -u):$(id -g)" -v "$PWD/edition:/book" engross build
#
# The book is the one folder that it sees and writes into. A build needs no network.

FROM debian:bookworm-slim

# What the checkers of a release need; `--build-arg CHECKERS=` leaves them out.
ARG CHECKERS="default-jre-headless qpdf ghostscript zbar-tools"
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
        ${CHECKERS} \
    && rm -rf /var/lib/apt/lists/*

COPY requirements/runtime.lock pyproject.toml README.md LICENSE /src/
COPY src /src/src
COPY styles /src/styles
RUN python3 -m venv /opt/engross \
    && /opt/engross/bin/pip install --no-cache-dir --require-hashes -r /src/runtime.lock \
    && /opt/engross/bin/pip install --no-cache-dir --no-deps /src \
    && /opt/engross/bin/engross --version

RUN useradd --create-home editor
USER editor
ENV PATH="/opt/engross/bin:$PATH" HOME=/tmp
WORKDIR /book
ENTRYPOINT ["engross"]
CMD ["--help"]
