/**
 * Field numbers of the messages that `kubectl` sends in Kubernetes' protobuf
 * form: `number:name:type`, as the `generated.proto` of each API group has them
 * (release 1.35). It sends no others so: `create` of built-in kinds by their
 * own command, `create token` and `auth`; what comes from a file is JSON.
 * A `?` after the type marks a field whose zero is not "unset".
 */
const TABLE: Record<string, string> = {
  ConfigMap:
    '1:metadata:ObjectMeta 2:data:map<string> 3:binaryData:map<bytes> 4:immutable:bool?',
  Secret:
    '1:metadata:ObjectMeta 2:data:map<bytes> 3:type:string 4:stringData:map<string> 5:immutable:bool?',
  Namespace:
    '1:metadata:ObjectMeta 2:spec:NamespaceSpec 3:status:NamespaceStatus',
  NamespaceSpec: '1:finalizers:list<string>',
  NamespaceStatus: '1:phase:string',
  ServiceAccount:
    '1:metadata:ObjectMeta 2:secrets:list<ObjectReference> 3:imagePullSecrets:list<LocalObjectReference> 4:automountServiceAccountToken:bool?',
  Role: '1:metadata:ObjectMeta 2:rules:list<PolicyRule>',
  ClusterRole:
    '1:metadata:ObjectMeta 2:rules:list<PolicyRule> 3:aggregationRule:AggregationRule',
  AggregationRule: '1:clusterRoleSelectors:list<LabelSelector>',
  RoleBinding:
    '1:metadata:ObjectMeta 2:subjects:list<Subject> 3:roleRef:RoleRef',
  ClusterRoleBinding:
    '1:metadata:ObjectMeta 2:subjects:list<Subject> 3:roleRef:RoleRef',
  PolicyRule:
    '1:verbs:list<string> 2:apiGroups:list<string> 3:resources:list<string> 4:resourceNames:list<string> 5:nonResourceURLs:list<string>',
  Subject: '1:kind:string 2:apiGroup:string 3:name:string 4:namespace:string',
  RoleRef: '1:apiGroup:string 2:kind:string 3:name:string',
  TokenRequest: '1:metadata:ObjectMeta 2:spec:TokenRequestSpec',
  TokenRequestSpec:
    '1:audiences:list<string> 3:boundObjectRef:BoundObjectReference 4:expirationSeconds:int?',
  BoundObjectReference:
    '1:kind:string 2:apiVersion:string 3:name:string 4:uid:string',
  SelfSubjectReview: '1:metadata:ObjectMeta',
  SelfSubjectAccessReview: '1:metadata:ObjectMeta 2:spec:AccessSpec',
  AccessSpec:
    '1:resourceAttributes:ResourceAttributes 2:nonResourceAttributes:NonResourceAttributes 3:user:string 4:groups:list<string> 6:uid:string',
  ResourceAttributes:
    '1:namespace:string 2:verb:string 3:group:string 4:version:string 5:resource:string 6:subresource:string 7:name:string',
  NonResourceAttributes: '1:path:string 2:verb:string',
  SelfSubjectRulesReview: '1:metadata:ObjectMeta 2:spec:RulesSpec',
  RulesSpec: '1:namespace:string',
  ObjectMeta:
    '1:name:string 2:generateName:string 3:namespace:string 5:uid:string 6:resourceVersion:string 7:generation:int 8:creationTimestamp:time 9:deletionTimestamp:time 10:deletionGracePeriodSeconds:int? 11:labels:map<string> 12:annotations:map<string> 13:ownerReferences:list<OwnerReference> 14:finalizers:list<string>',
  OwnerReference:
    '1:kind:string 3:name:string 4:uid:string 5:apiVersion:string 6:controller:bool? 7:blockOwnerDeletion:bool?',
  ObjectReference:
    '1:kind:string 2:namespace:string 3:name:string 4:uid:string 5:apiVersion:string 6:resourceVersion:string 7:fieldPath:string',
  LocalObjectReference: '1:name:string',
  LabelSelector:
    '1:matchLabels:map<string> 2:matchExpressions:list<LabelSelectorRequirement>',
  LabelSelectorRequirement:
    '1:key:string 2:operator:string 3:values:list<string>',
};

export interface ProtoField {
  name: string;
  /** `string`, `bytes`, `bool`, `int`, `time` or the name of a message. */
  type: string;
  shape: 'one' | 'list' | 'map';
  keepZero: boolean;
}

export type ProtoMessage = Map<number, ProtoField>;

const parsed = new Map<string, ProtoMessage>();

/** @returns undefined for a message outside of the table */
export function messageNamed(name: string): ProtoMessage | undefined {
  const text = TABLE[name];
  if (text === undefined) return undefined;
  let message = parsed.get(name);
  if (!message) {
    message = new Map(text.split(' ').map(parseField));
    parsed.set(name, message);
  }
  return message;
}

function parseField(text: string): [number, ProtoField] {
  const [number, name, type] = text.split(':');
  const wrapped = /^(list|map)<(.+)>$/.exec(type);
  return [
    Number(number),
    {
      name,
      type: (wrapped?.[2] ?? type).replace('?', ''),
      shape: (wrapped?.[1] as 'list' | 'map' | undefined) ?? 'one',
      keepZero: type.endsWith('?'),
    },
  ];
}
