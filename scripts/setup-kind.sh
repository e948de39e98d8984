#!/usr/bin/env bash
# Everything on a local kind cluster, with one command: the cluster, Argo Workflows, the shared services, the operator.
# Safe to run twice: what is there is left or brought up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

CLUSTER=${CLUSTER:-agentworkloads}
ARGO_VERSION=${ARGO_VERSION:-v3.7.18}
NODE_IMAGE=${NODE_IMAGE:-docker.io/kindest/node:v1.33.4}
VERSION=${VERSION:-0.1.0}
ARGO_INSTALL=https://github.com/argoproj/argo-workflows/releases/download/$ARGO_VERSION/install.yaml
IMAGES=("agentworkloads/agents:$VERSION" "agentworkloads/operator:$VERSION")

usage() {
  cat <<TEXT
Usage: scripts/setup-kind.sh [--dry-run] [--delete]

  --dry-run  print each command, run none
  --delete   delete the cluster and all that is in it, the reports too

Environment: CLUSTER ($CLUSTER), ARGO_VERSION ($ARGO_VERSION; 3.7 and 4.x work),
NODE_IMAGE ($NODE_IMAGE).
TEXT
}

dry_run=
delete=
for argument; do
  case $argument in
    --dry-run) dry_run=yes ;;
    --delete) delete=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

say() { printf '\n• %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a command, or prints it in a form that can be pasted.
run() {
  if [ -n "$dry_run" ]; then
    printf '  '
    printf '%q ' "$@"
    printf '\n'
  else
    "$@"
  fi
}

kube() { run kubectl --context "kind-$CLUSTER" "$@"; }

# Questions are not asked in a dry run: then nothing is there yet.
there() { [ -z "$dry_run" ] && "$@" >/dev/null 2>&1; }

# check_needs PROGRAM...
check_needs() {
  local missing=() program
  for program; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    if [ -n "$dry_run" ]; then
      echo "  missing here: ${missing[*]}"
    else
      fail "Missing: ${missing[*]}. kind: https://kind.sigs.k8s.io, kubectl: https://kubernetes.io/docs/tasks/tools, Docker or a docker that speaks for Podman: https://docs.docker.com/engine/install"
    fi
  fi
  [ -n "$dry_run" ] && return
  docker info >/dev/null 2>&1 || fail "Docker does not answer: start it, or give yourself the right to use it."
}

check_dependencies() {
  [ -n "$dry_run" ] || [ -d node_modules ] || fail "The dependencies are not installed: run \`npm start\` once, or \`yarn install\`."
}

build_images() {
  say "Building the images ${IMAGES[*]}"
  run node scripts/build.mjs bundles
  local revision=unknown
  revision=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
  local name
  for name in agents operator; do
    run docker build --quiet --file "$name/Dockerfile" --tag "agentworkloads/$name:$VERSION" \
      --build-arg "VERSION=$VERSION" --build-arg "REVISION=$revision" .
  done
}

cluster_config() {
  cat <<YAML
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraPortMappings:
      - {containerPort: 30080, hostPort: 30080, listenAddress: 127.0.0.1}
      - {containerPort: 30090, hostPort: 30090, listenAddress: 127.0.0.1}
YAML
}

create_cluster() {
  if there grep -qx "$CLUSTER" <(kind get clusters 2>/dev/null); then
    say "The cluster $CLUSTER is there"
    return
  fi
  say "Creating the cluster $CLUSTER"
  if [ -n "$dry_run" ]; then
    printf "  cat <<'YAML' |\n%s\nYAML\n" "$(cluster_config)"
  fi
  run kind create cluster --name "$CLUSTER" --image "$NODE_IMAGE" --config - --wait 180s < <(cluster_config)
}

load_images() {
  say "Loading the images into the cluster"
  run kind load docker-image --name "$CLUSTER" "${IMAGES[@]}"
}

install_argo() {
  say "Installing Argo Workflows $ARGO_VERSION"
  if ! there kubectl --context "kind-$CLUSTER" get namespace argo; then
    kube create namespace argo
  fi
  # Server-side: the CRDs are too big for the annotation of a client-side apply.
  kube apply --server-side --force-conflicts --namespace argo --filename "$ARGO_INSTALL"
  kube --namespace argo rollout status deployment/workflow-controller --timeout=300s
  kube --namespace argo rollout status deployment/argo-server --timeout=300s
  [ -n "$dry_run" ] && return
  local image
  image=$(kubectl --context "kind-$CLUSTER" --namespace argo get deployment workflow-controller \
    --output 'jsonpath={.spec.template.spec.containers[0].image}')
  [[ $image == *:"$ARGO_VERSION" ]] ||
    fail "The manifest of Argo $ARGO_VERSION installed $image: this is not the version that was asked for."
}

# secret NAMESPACE NAME, KEY=VALUE lines on stdin: never an argument, which any process can read.
secret() {
  if [ -n "$dry_run" ]; then
    printf '  kubectl --context kind-%s --namespace %s create secret generic %s --from-env-file=/dev/stdin  # keys: %s\n' \
      "$CLUSTER" "$1" "$2" "$(cut -d= -f1 | tr '\n' ' ')"
  else
    kubectl --context "kind-$CLUSTER" --namespace "$1" create secret generic "$2" --from-env-file=/dev/stdin
  fi
}

random() { openssl rand -hex 24; }

# All or none: the same password stands in two namespaces.
create_secrets() {
  if there kubectl --context "kind-$CLUSTER" --namespace agentworkloads get secret agents-secrets; then
    say "The Secrets are there"
    return
  fi
  say "Making Secrets with random values"
  local minio postgres browser egress llm
  minio=$(random) postgres=$(random) browser=$(random) egress=$(random) llm=sk-$(random)
  if [ -z "$dry_run" ]; then
    kubectl --context "kind-$CLUSTER" --namespace shared-services delete secret --ignore-not-found \
      minio-credentials postgres-credentials browserless-token egress-proxy-token litellm-keys
  fi
  printf '%s\n' MINIO_ROOT_USER=agents-s3-key "MINIO_ROOT_PASSWORD=$minio" |
    secret shared-services minio-credentials
  printf '%s\n' POSTGRES_USER=agents "POSTGRES_PASSWORD=$postgres" POSTGRES_DB=checkpoints |
    secret shared-services postgres-credentials
  printf '%s\n' "TOKEN=$browser" | secret shared-services browserless-token
  printf '%s\n' "EGRESS_PROXY_TOKEN=$egress" | secret shared-services egress-proxy-token
  printf '%s\n' "LITELLM_MASTER_KEY=$llm" LITELLM_PROVIDER_KEY=none | secret shared-services litellm-keys
  printf '%s\n' S3_ACCESS_KEY=agents-s3-key "S3_SECRET_KEY=$minio" "BROWSER_TOKEN=$browser" \
    "EGRESS_PROXY_TOKEN=$egress" "LLM_API_KEY=$llm" \
    "CHECKPOINT_DATABASE_URL=postgres://agents:$postgres@postgres.shared-services.svc:5432/checkpoints" |
    secret agentworkloads agents-secrets
}

install_product() {
  say "Installing the kinds, rights, policies, shared services and the operator"
  kube apply --server-side --kustomize deploy/crds
  kube wait --for=condition=Established --timeout=60s \
    crd/agentworkloads.agentworkloads.io crd/agentapprovals.agentworkloads.io
  kube apply --server-side --kustomize deploy/rbac
  node scripts/portal-people.mjs alice bob | kube apply --server-side --filename -
  kube apply --server-side --filename deploy/shared-services/namespace.yaml
  create_secrets
  kube apply --server-side --force-conflicts --kustomize deploy/overlays/kind
}

wait_for_it() {
  say "Waiting until all is up (the first time images are pulled)"
  local what
  for what in statefulset/minio statefulset/postgres deployment/egress-proxy deployment/browserless; do
    kube --namespace shared-services rollout status "$what" --timeout=600s
  done
  # The Job is taken away ten minutes after its end.
  if [ -n "$dry_run" ] || there kubectl --context "kind-$CLUSTER" --namespace shared-services get job minio-bucket; then
    kube --namespace shared-services wait --for=condition=complete job/minio-bucket --timeout=300s
  fi
  kube --namespace agentworkloads-system rollout status deployment/agentworkloads-operator --timeout=300s
}

print_next() {
  cat <<TEXT

Ready. What next:

  Launch a run. The pages of the examples are those of the single-machine mode: name public ones.
    sed 's#http://.*#https://www.example.com/#' examples/policy-gate.yaml |
      kubectl --context kind-$CLUSTER create -f -
    kubectl --context kind-$CLUSTER -n agentworkloads get agentworkloads --watch

  Argo's UI        https://localhost:30080   token: kubectl --context kind-$CLUSTER -n argo create token argo-server
  MinIO's console  http://localhost:30090    Secret shared-services/minio-credentials
  The portal       docs/operations.md
  Delete it all    scripts/setup-kind.sh --delete
TEXT
}

if [ -n "$delete" ]; then
  check_needs docker kind
  say "Deleting the cluster $CLUSTER"
  run kind delete cluster --name "$CLUSTER"
  exit 0
fi
check_needs docker kind kubectl node openssl
check_dependencies
build_images
create_cluster
load_images
install_argo
install_product
wait_for_it
print_next
