export interface Config {
  agentWorkloads?: {
    /**
     * The clusters whose runs the portal shows. Each has an account of its own here, which may read our kinds and
     * impersonate users and the named groups; never the account of the Kubernetes plugin.
     * One of `kubeconfig`, `inCluster` and `url` says how to reach it; without any, the `url` and the certificates of the
     * Kubernetes plugin's cluster of this name are taken. Who the portal is there is never taken from that plugin.
     */
    clusters: Array<{
      /** A name under `kubernetes.clusterLocatorMethods[].clusters[]`. Part of every run's address in the portal. */
      name: string;
      /** What people read instead of the name. */
      title?: string;
      /** Path of a kubeconfig file, relative to the working directory. Read once, at start. */
      kubeconfig?: string;
      /** A context of that file; default: its current one. */
      context?: string;
      /** Use the ServiceAccount of the pod that the portal runs in. */
      inCluster?: boolean;
      /** Address of the API server: https://… , or http:// on loopback. */
      url?: string;
      /**
       * Whose token it is. `serviceAccount` (default): `token`, `tokenFile`, `kubeconfig` or `inCluster` give it. The others are
       * identities of a cloud, whose tokens are short-lived and replaced before they end. Never the Kubernetes plugin's.
       */
      auth?: 'serviceAccount' | 'aws' | 'googleServiceAccount' | 'azure';
      /** For `auth: aws`, which signs with `aws.mainAccount` of the configuration, or with the role that the portal runs under. */
      aws?: {
        /** ARN of the role that the cluster knows the portal by; default: the role that signs. */
        assumeRole?: string;
        /** What the role's trust asks for. */
        externalId?: string;
        /** Name of the EKS cluster; default: `name`. */
        clusterId?: string;
        /** Of the STS that is asked; default: AWS_REGION, else us-east-1. */
        region?: string;
      };
      /** For `auth: googleServiceAccount`. */
      google?: {
        /**
         * JSON of a service account's key; default: the account that the portal runs under.
         * @visibility secret
         */
        credentials?: string;
      };
      /** For `auth: azure`. */
      azure?: {
        /** Of a managed or workload identity; default: the identity that the portal runs under. */
        clientId?: string;
        tenantId?: string;
      };
      /**
       * Bearer token for `url`.
       * @visibility secret
       */
      token?: string;
      /** File that holds the token for `url`; read again when it changes. */
      tokenFile?: string;
      /** Base64 of the PEM certificates that sign the API server's, for `url`. */
      caData?: string;
      /** PEM file instead of `caData`. */
      caFile?: string;
      /** For trials only: accept any certificate from `url`. */
      skipTLSVerify?: boolean;
      /** Namespaces to read; default: all (which needs cluster-wide rights to list). */
      namespaces?: string[];
    }>;

    /** Namespace of new runs where the caller names none; default `agentworkloads`. */
    defaultNamespace?: string;
    /** Namespaces in which the portal may create runs; default: `defaultNamespace` alone. */
    createNamespaces?: string[];
    /** WorkflowTemplate of new runs that name none; default `competitor-scrape`. */
    defaultTemplate?: string;

    /**
     * How people of the catalog are called in Kubernetes. Users: `user:default/alice` is `alice`, a user of another
     * namespace is `<namespace>/<name>`, unless listed here. Groups: only those listed are ever impersonated.
     * A name that begins with `system:` is refused.
     */
    identity?: {
      users?: Array<{
        /** `user:default/alice` */
        ref: string;
        /** Kubernetes user name. */
        name: string;
      }>;
      groups?: Array<{
        /** `group:default/approvers`; may be listed with several names. */
        ref: string;
        /** Kubernetes group, for example `agentworkloads:approvers`. */
        name: string;
      }>;
    };

    /** What people are told through the notifications of this portal. */
    notices?: {
      /** In which language they are written, for all who get them: `en` (default) or `de`. */
      language?: 'en' | 'de';
      /** Of the times in them, such as `Europe/Berlin`; default: the zone of the server. */
      timeZone?: string;
    };

    /**
     * Whom `/checks` asks before a run is launched. What is left out is not asked, and told as not checked.
     */
    checks?: {
      /** Where the operator of a cluster says what policy would say of a run: its health port, `http://127.0.0.1:8081`. */
      operators?: Array<{
        /** A name of `clusters`. */
        cluster: string;
        url: string;
      }>;
      /** The egress proxy of the runs: the only way in which the portal asks a site for its robots.txt. */
      egressProxy?: {
        url: string;
        /**
         * EGRESS_PROXY_TOKEN of the proxy.
         * @visibility secret
         */
        token: string;
      };
    };

    /** The object storage that holds the runs' artifacts. */
    artifacts?: {
      /** `http://127.0.0.1:4568`, `https://s3.eu-central-1.amazonaws.com` */
      endpoint: string;
      /** Default `us-east-1`. */
      region?: string;
      /** The only bucket that the portal reads. */
      bucket: string;
      /**
       * Without `accessKey` and `secretKey` the portal's own AWS role signs: what `aws` of the configuration says of the
       * account, or what the process runs under (a ServiceAccount's role, EKS Pod Identity, an instance's role).
       * @visibility secret
       */
      accessKey?: string;
      /** @visibility secret */
      secretKey?: string;
      /** An account of `aws.accounts` whose role is taken; default: `aws.mainAccount`, or the role of the process. */
      accountId?: string;
      /** Whether the bucket stands in the path; default true. AWS's own hosts always get it in the host's name. */
      s3ForcePathStyle?: boolean;
    };
  };
}
