# Gatewright on an image that has glibc, libstdc++ and libgcc and nothing else: no shell, no package manager. `make tarball`
# leaves the archive in build/dist; build with
#   docker build -f packaging/containers/distroless.Dockerfile --build-arg SHA256=… --build-arg DISTROLESS=… build/dist
# where SHA256 is what the file ….tar.gz.sha256 says, and DISTROLESS the image to stand on, by its digest: the one that
# the Distroless project calls cc, of Debian 12 or newer.
ARG BASE=debian:trixie-slim
ARG DISTROLESS
FROM ${BASE} AS unpacked
ARG VERSION=0.1.0
ARG ARCH=x86_64
ARG SHA256
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY gatewright-${VERSION}-linux-${ARCH}.tar.gz /tmp/gatewright.tar.gz
RUN : "${SHA256:?is not set; give it by --build-arg SHA256=…}" \
  && echo "${SHA256}  /tmp/gatewright.tar.gz" | sha256sum --check --strict - \
  && mkdir /tmp/unpacked \
  && tar -xzf /tmp/gatewright.tar.gz -C /tmp/unpacked --strip-components=1 \
  && /tmp/unpacked/install.sh --prefix /opt/gatewright

FROM ${DISTROLESS}
COPY --from=unpacked /opt/gatewright /usr
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["/usr/bin/gatewright"]
CMD ["check"]
