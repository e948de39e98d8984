//go:build tool

// Package helm pins the helm that checks the chart where none is installed.
package helm

import _ "helm.sh/helm/v3/cmd/helm"
