# Gatewright on Debian's slim image, for jobs that want a shell. `make deb` leaves the package in build/dist; build with
#   docker build -f packaging/containers/debian.Dockerfile --build-arg SHA256=… build/dist
# where SHA256 is what the file ….deb.sha256 says. Name the base by its digest, so that it cannot change.
ARG BASE=debian:trixie-slim
FROM ${BASE}
ARG VERSION=0.1.0
ARG ARCH=amd64
ARG SHA256
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY gatewright_${VERSION}_${ARCH}.deb /tmp/gatewright.deb
RUN : "${SHA256:?is not set; give it by --build-arg SHA256=…}" \
  && echo "${SHA256}  /tmp/gatewright.deb" | sha256sum --check --strict - \
  && dpkg --install /tmp/gatewright.deb \
  && rm /tmp/gatewright.deb \
  && gatewright doctor
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["/usr/bin/gatewright"]
CMD ["check"]
