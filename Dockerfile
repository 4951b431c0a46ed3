# FluxRestful on a Flux base image.
#
#   docker build -t flux-restful .
#   docker run -p 5000:5000 -v flux-restful-data:/var/lib/flux-restful flux-restful        a broker with the server as its initial program
#   docker run -e FLUX_URI=local:///run/flux/local -v /run/flux:/run/flux ... --entrypoint flux-restful-server flux-restful
#                                                                                          the server alone, beside a broker (sidecar)
ARG FLUX_IMAGE=fluxrm/flux-sched:jammy
ARG DOTNET_VERSION=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS build
WORKDIR /source
# Restored first and alone: this layer changes only with the package list.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig FluxRestful.sln appsettings.json ./
COPY src/FluxRestful.Core/FluxRestful.Core.csproj src/FluxRestful.Core/
COPY src/FluxRestful.Contracts/FluxRestful.Contracts.csproj src/FluxRestful.Contracts/
COPY src/FluxRestful.EmbeddedBroker/FluxRestful.EmbeddedBroker.csproj src/FluxRestful.EmbeddedBroker/
COPY src/FluxRestful.Api/FluxRestful.Api.csproj src/FluxRestful.Api/
RUN dotnet restore src/FluxRestful.Api
COPY src src
# Self-contained: the Flux image needs no .NET of its own.
RUN dotnet publish src/FluxRestful.Api -c Release --self-contained --use-current-runtime -p:InvariantGlobalization=true -o /app

FROM ${FLUX_IMAGE}
USER root
COPY --from=build /app /opt/flux-restful
RUN ln -s /opt/flux-restful/FluxRestful.Api /usr/local/bin/flux-restful-server \
    && (id -u flux >/dev/null 2>&1 || useradd --create-home --shell /bin/bash flux) \
    && install -d -o flux -m 0700 /var/lib/flux-restful

# Secrets come as files: FLUX_SECRET_KEY_FILE, FLUX_TOKEN_FILE. What is in the environment here, every job's shell can read.
# The runtime's diagnostic port would give every job of this account the server's memory.
ENV DOTNET_EnableDiagnostics=0 \
    HOST=0.0.0.0 \
    PORT=5000 \
    FLUX_RESTFUL_DATA=/var/lib/flux-restful
EXPOSE 5000
VOLUME /var/lib/flux-restful
USER flux
WORKDIR /var/lib/flux-restful
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["flux-restful-server", "health"]

# The broker starts the server as its initial program and hands it FLUX_URI; when the server ends, the instance ends.
ENTRYPOINT ["flux", "start", "flux-restful-server"]
