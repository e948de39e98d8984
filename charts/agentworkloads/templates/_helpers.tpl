{{/* The manifests of one part, as a JSON list: accounts and namespaces are replaced in the text, for they stand in CEL, too. */}}
{{- define "agentworkloads.objects" -}}
{{- $text := .root.Files.Get (printf "files/%s.yaml" .part) -}}
{{- $text = replace "agentworkloads-system" .root.Release.Namespace $text -}}
{{- $accounts := list -}}
{{- range .root.Values.argo.accounts -}}{{- $accounts = append $accounts (printf "'%s'" .) -}}{{- end -}}
{{- $text = replace "'system:serviceaccount:argo:argo'" (join ", " $accounts) $text -}}
{{- $text = replace "kubernetes.io/metadata.name: argo\n" (printf "kubernetes.io/metadata.name: %s\n" .root.Values.argo.namespace) $text -}}
{{- $text = replace "kubernetes.io/metadata.name: monitoring\n" (printf "kubernetes.io/metadata.name: %s\n" .root.Values.monitoring.namespace) $text -}}
{{- $objects := list -}}
{{- range splitList "\n---\n" $text -}}{{- $objects = append $objects (fromYaml (printf "%s\n" .)) -}}{{- end -}}
{{- toJson $objects -}}
{{- end -}}

{{/* Whether an object is wanted at all: "true" or nothing. */}}
{{- define "agentworkloads.wanted" -}}
{{- $v := .root.Values -}}
{{- $kind := .object.kind -}}
{{- $name := .object.metadata.name -}}
{{- $wanted := true -}}
{{- if and (eq $kind "Namespace") (eq $name .root.Release.Namespace) -}}{{- $wanted = false -}}{{- end -}}
{{- if and (eq $kind "Namespace") (eq .part "namespace") (not $v.workloads.createNamespaces) -}}{{- $wanted = false -}}{{- end -}}
{{- if and (eq $kind "Namespace") (eq .part "shared-services") (not $v.sharedServices.createNamespace) -}}{{- $wanted = false -}}{{- end -}}
{{- if and (eq $kind "NetworkPolicy") (not $v.networkPolicies.install) -}}{{- $wanted = false -}}{{- end -}}
{{- if and (hasPrefix "agentworkloads-portal" $name) (not (or $v.portal.accounts $v.portal.install)) -}}{{- $wanted = false -}}{{- end -}}
{{- if $wanted -}}true{{- end -}}
{{- end -}}

{{/* An image in place of the one that is shipped. */}}
{{- define "agentworkloads.image" -}}
{{- $keys := dict "agentworkloads/operator" "operator" "agentworkloads/agents" "agents" "agentworkloads/portal" "portal" "docker.io/openpolicyagent/opa" "opa" "quay.io/minio/minio" "minio" "docker.io/library/postgres" "postgres" "ghcr.io/browserless/chromium" "browserless" "ghcr.io/berriai/litellm" "litellm" -}}
{{- $shipped := regexReplaceAll ":[^:/]+$" .image "" -}}
{{- $tag := trimPrefix (printf "%s:" $shipped) .image -}}
{{- $key := required (printf "no value is named for the image %s" .image) (get $keys $shipped) -}}
{{- $own := get .root.Values.images $key | default dict -}}
{{- $repository := $own.repository | default $shipped -}}
{{- if $own.digest -}}{{- printf "%s@%s" $repository $own.digest -}}
{{- else -}}{{- printf "%s:%s" $repository ($own.tag | default $tag) -}}{{- end -}}
{{- end -}}

{{/* What values say about the pods of a Deployment, StatefulSet or Job; changes the object. */}}
{{- define "agentworkloads.pods" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $spec := .object.spec.template.spec -}}
{{- range concat ($spec.containers | default list) ($spec.initContainers | default list) -}}
{{- $_ := set . "image" (include "agentworkloads.image" (dict "root" $root "image" .image)) -}}
{{- $_ := set . "imagePullPolicy" $v.imagePullPolicy -}}
{{- end -}}
{{- $secrets := list -}}
{{- range $v.imagePullSecrets -}}{{- $secrets = append $secrets (dict "name" .) -}}{{- end -}}
{{- if $secrets -}}{{- $_ := set $spec "imagePullSecrets" $secrets -}}{{- end -}}
{{- with $v.scheduling -}}
{{- if .nodeSelector -}}{{- $_ := set $spec "nodeSelector" .nodeSelector -}}{{- end -}}
{{- if .tolerations -}}{{- $_ := set $spec "tolerations" .tolerations -}}{{- end -}}
{{- if .affinity -}}{{- $_ := set $spec "affinity" .affinity -}}{{- end -}}
{{- $class := .priorityClassName | default (ternary $v.priorityClass.name "" $v.priorityClass.create) -}}
{{- if $class -}}{{- $_ := set $spec "priorityClassName" $class -}}{{- end -}}
{{- end -}}
{{- if and $v.scheduling.spread (eq .object.kind "Deployment") -}}
{{- $_ := set $spec "topologySpreadConstraints" (list (dict "maxSkew" 1 "topologyKey" "kubernetes.io/hostname" "whenUnsatisfiable" "ScheduleAnyway" "labelSelector" .object.spec.selector)) -}}
{{- end -}}
{{- end -}}

{{/* Settings in place of those of the same name in a container's env, the others after them; changes the container. */}}
{{- define "agentworkloads.env" -}}
{{- $own := .env -}}
{{- $all := list -}}
{{- range .container.env -}}
{{- if not (hasKey $own .name) -}}{{- $all = append $all . -}}{{- end -}}
{{- end -}}
{{- range $name, $value := $own -}}
{{- $all = append $all (dict "name" $name "value" (toString $value)) -}}
{{- end -}}
{{- $_ := set .container "env" $all -}}
{{- end -}}

{{/* All that values say about one object; changes it. */}}
{{- define "agentworkloads.adapt" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $o := .object -}}
{{- $kind := $o.kind -}}
{{- $name := $o.metadata.name -}}
{{- $labels := merge (dict "app.kubernetes.io/managed-by" $root.Release.Service "app.kubernetes.io/instance" $root.Release.Name "helm.sh/chart" (printf "%s-%s" $root.Chart.Name ($root.Chart.Version | replace "+" "_"))) $v.commonLabels ($o.metadata.labels | default dict) -}}
{{- $_ := set $o.metadata "labels" $labels -}}
{{- $keep := or (eq $kind "Namespace") (and (eq $kind "CustomResourceDefinition") $v.crds.keep) -}}
{{- if $keep -}}{{- $_ := set $o.metadata "annotations" (merge (dict "helm.sh/resource-policy" "keep") ($o.metadata.annotations | default dict)) -}}{{- end -}}
{{- if has $kind (list "Deployment" "StatefulSet" "Job") -}}{{- include "agentworkloads.pods" (dict "root" $root "object" $o) -}}{{- end -}}
{{- if eq .part "operator" -}}{{- include "agentworkloads.operator" . -}}{{- end -}}
{{- if eq .part "namespace" -}}{{- include "agentworkloads.namespace" . -}}{{- end -}}
{{- if eq .part "shared-services" -}}{{- include "agentworkloads.shared" . -}}{{- end -}}
{{- if eq .part "portal" -}}{{- include "agentworkloads.portal" . -}}{{- end -}}
{{- if eq .part "portal-ingress" -}}{{- include "agentworkloads.portalIngress" . -}}{{- end -}}
{{- end -}}

{{- define "agentworkloads.policyData" -}}
{{- $data := fromJson .shipped -}}
{{- $_ := set $data.agentworkloads "config" (merge (deepCopy .own) $data.agentworkloads.config) -}}
{{- toPrettyJson $data -}}
{{- end -}}

{{- define "agentworkloads.operator" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $o := .object -}}
{{- if and (eq $o.kind "ConfigMap") $v.policy.data -}}
{{- $_ := set $o.data "data.json" (include "agentworkloads.policyData" (dict "shipped" (index $o.data "data.json") "own" $v.policy.data)) -}}
{{- end -}}
{{- if eq $o.kind "Deployment" -}}
{{- $pod := $o.spec.template -}}
{{- $several := gt (int $v.operator.replicas) 1 -}}
{{- if $several -}}
{{- $_ := set $o.spec "replicas" (int $v.operator.replicas) -}}
{{- $_ := set $o.spec "strategy" (dict "type" "RollingUpdate" "rollingUpdate" (dict "maxUnavailable" 1 "maxSurge" 1)) -}}
{{- end -}}
{{- $policies := printf "%s%s" ($root.Files.Get "files/operator.yaml") (toJson $v.policy.data) | sha256sum -}}
{{- $_ := set $pod.metadata "annotations" (merge (dict "checksum/policies" $policies) ($pod.metadata.annotations | default dict)) -}}
{{- range $pod.spec.containers -}}
{{- if eq .name "operator" -}}
{{- $_ := set . "resources" $v.operator.resources -}}
{{- $env := dict "ARTIFACT_BUCKET" $v.artifacts.bucket "ARGO_ACCOUNT" (join "," $v.argo.accounts) "OPERATOR_ACCOUNT" (printf "system:serviceaccount:%s:agentworkloads-operator" $root.Release.Namespace) -}}
{{- if $several -}}{{- $_ := set $env "LEADER_ELECTION" "on" -}}{{- end -}}
{{- include "agentworkloads.env" (dict "container" . "env" (merge (deepCopy $v.operator.env) $env)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* One object of a namespace of workloads: `own` is its entry in values. */}}
{{- define "agentworkloads.namespace" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $o := .object -}}
{{- $own := .own -}}
{{- if eq $o.kind "Namespace" -}}{{- $_ := set $o.metadata "name" $own.name -}}
{{- else -}}{{- $_ := set $o.metadata "namespace" $own.name -}}{{- end -}}
{{- if eq $o.kind "RoleBinding" -}}
{{- $groups := dict "agentworkloads-requesters" $own.requesters "agentworkloads-approvers" $own.approvers "agentworkloads-viewers" (concat ($own.requesters | default list) ($own.approvers | default list)) -}}
{{- if hasKey $groups $o.metadata.name -}}
{{- $subjects := list -}}
{{- range get $groups $o.metadata.name | default list | uniq -}}
{{- $subjects = append $subjects (dict "apiGroup" "rbac.authorization.k8s.io" "kind" "Group" "name" .) -}}
{{- end -}}
{{- $_ := set $o "subjects" $subjects -}}
{{- else -}}
{{- range $o.subjects -}}
{{- if eq .name "agentworkloads-agent" -}}{{- $_ := set . "namespace" $own.name -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (eq $o.kind "ConfigMap") (eq $o.metadata.name "agents-config") -}}
{{- $place := dict "S3_ENDPOINT" (printf "%s://%s" (ternary "http" "https" $v.artifacts.insecure) $v.artifacts.endpoint) "S3_REGION" $v.artifacts.region -}}
{{- $_ := set $o "data" (merge (deepCopy $v.workloads.config) $place $o.data) -}}
{{- end -}}
{{- if and (eq $o.kind "ConfigMap") (eq $o.metadata.name "artifact-repositories") -}}
{{- $repository := fromYaml $o.data.agentworkloads -}}
{{- $_ := set $repository.s3 "endpoint" $v.artifacts.endpoint -}}
{{- $_ := set $repository.s3 "insecure" $v.artifacts.insecure -}}
{{- $_ := set $repository.s3 "bucket" $v.artifacts.bucket -}}
{{- if ne $v.artifacts.region "us-east-1" -}}{{- $_ := set $repository.s3 "region" $v.artifacts.region -}}{{- end -}}
{{- $_ := set $o.data "agentworkloads" (printf "%s\n" (toYaml $repository)) -}}
{{- end -}}
{{- if eq $o.kind "WorkflowTemplate" -}}
{{- range $o.spec.templates -}}
{{- if .container -}}
{{- $_ := set .container "image" (include "agentworkloads.image" (dict "root" $root "image" .container.image)) -}}
{{- end -}}
{{- end -}}
{{- range $o.spec.arguments.parameters -}}
{{- if eq .name "minio_bucket" -}}{{- $_ := set . "value" $v.artifacts.bucket -}}{{- end -}}
{{- end -}}
{{- $secrets := list -}}
{{- range $v.imagePullSecrets -}}{{- $secrets = append $secrets (dict "name" .) -}}{{- end -}}
{{- if $secrets -}}{{- $_ := set $o.spec "imagePullSecrets" $secrets -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "agentworkloads.shared" -}}
{{- $v := .root.Values -}}
{{- $o := .object -}}
{{- $name := $o.metadata.name -}}
{{- if and (eq $o.kind "Deployment") (eq $name "litellm") (ne (int $v.sharedServices.litellm.replicas) 1) -}}
{{- $_ := set $o.spec "replicas" (int $v.sharedServices.litellm.replicas) -}}
{{- end -}}
{{- if eq $name "egress-proxy" -}}
{{- $egress := $v.sharedServices.egress -}}
{{- if eq $o.kind "ConfigMap" -}}{{- $_ := set $o.data "EGRESS_ALLOW" $egress.allow -}}{{- end -}}
{{- if eq $o.kind "Deployment" -}}
{{- $_ := set $o.spec.template.metadata "annotations" (dict "checksum/config" (toJson $egress | sha256sum)) -}}
{{- end -}}
{{- if eq $o.kind "NetworkPolicy" -}}
{{- range $egress.privateAddresses -}}
{{- $ports := list -}}
{{- range .ports -}}{{- $ports = append $ports (dict "port" (int .)) -}}{{- end -}}
{{- $_ := set $o.spec "egress" (append $o.spec.egress (dict "to" (list (dict "ipBlock" (dict "cidr" .cidr))) "ports" $ports)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (eq $o.kind "Job") (eq $name "minio-bucket") -}}
{{- range $o.spec.template.spec.containers -}}
{{- $command := list -}}
{{- range .command -}}{{- $command = append $command (replace "http://minio:9000/agentworkloads" (printf "http://minio:9000/%s" $v.artifacts.bucket) .) -}}{{- end -}}
{{- $_ := set . "command" $command -}}
{{- end -}}
{{/* A Job can't be changed: each revision makes it anew, and asks for a bucket that is there. */}}
{{- $_ := set $o.metadata "annotations" (dict "helm.sh/hook" "post-install,post-upgrade" "helm.sh/hook-delete-policy" "before-hook-creation") -}}
{{- end -}}
{{- end -}}

{{/* The portal's configuration: what is shipped, with the address and the place of objects of these values, and on top of it portal.config. */}}
{{- define "agentworkloads.portalConfig" -}}
{{- $v := .root.Values -}}
{{- $url := $v.portal.url | trimSuffix "/" -}}
{{- $config := .shipped | replace "https://portal.example.com" $url | replace "portal.example.com" (get (urlParse $url) "hostname") | fromYaml -}}
{{- $_ := set $config.agentWorkloads.artifacts "endpoint" (printf "%s://%s" (ternary "http" "https" $v.artifacts.insecure) $v.artifacts.endpoint) -}}
{{- $_ := set $config.agentWorkloads.artifacts "bucket" $v.artifacts.bucket -}}
{{- if ne $v.artifacts.region "us-east-1" -}}{{- $_ := set $config.agentWorkloads.artifacts "region" $v.artifacts.region -}}{{- end -}}
{{/* Whose people sign in by another provider do not want the one of the example beside it. */}}
{{- if dig "auth" "providers" "" $v.portal.config -}}{{- $_ := unset $config.auth "providers" -}}{{- end -}}
{{- toYaml (mergeOverwrite $config (deepCopy $v.portal.config)) -}}
{{- end -}}

{{- define "agentworkloads.portal" -}}
{{- $root := .root -}}
{{- $v := $root.Values -}}
{{- $o := .object -}}
{{- if not $v.portal.url -}}{{- fail "portal.install needs portal.url, the address by which people open the portal: https://portal.example.com" -}}{{- end -}}
{{- if eq $o.kind "ConfigMap" -}}
{{- $shipped := index $o.data "app-config.production.yaml" -}}
{{- $_ := set $o.data "app-config.production.yaml" (printf "%s\n" (include "agentworkloads.portalConfig" (dict "root" $root "shipped" $shipped))) -}}
{{- if $v.portal.people -}}{{- $_ := set $o.data "people.yaml" $v.portal.people -}}{{- end -}}
{{- end -}}
{{- if eq $o.kind "Deployment" -}}
{{- $_ := set $o.spec "replicas" (int $v.portal.replicas) -}}
{{- $pod := $o.spec.template -}}
{{- $config := printf "%s%s%s" ($root.Files.Get "files/portal.yaml") (toJson $v.portal) (toJson $v.artifacts) | sha256sum -}}
{{- $_ := set $pod.metadata "annotations" (merge (dict "checksum/config" $config) ($pod.metadata.annotations | default dict)) -}}
{{- range $pod.spec.containers -}}{{- $_ := set . "resources" $v.portal.resources -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "agentworkloads.portalIngress" -}}
{{- $v := .root.Values.portal -}}
{{- $o := .object -}}
{{- $host := get (urlParse $v.url) "hostname" -}}
{{- if $v.ingress.className -}}{{- $_ := set $o.spec "ingressClassName" $v.ingress.className -}}{{- end -}}
{{- if $v.ingress.annotations -}}{{- $_ := set $o.metadata "annotations" (merge (deepCopy $v.ingress.annotations) ($o.metadata.annotations | default dict)) -}}{{- end -}}
{{- range $o.spec.rules -}}{{- $_ := set . "host" $host -}}{{- end -}}
{{- range $o.spec.tls -}}{{- $_ := set . "hosts" (list $host) -}}{{- $_ := set . "secretName" $v.ingress.tlsSecret -}}{{- end -}}
{{- end -}}
