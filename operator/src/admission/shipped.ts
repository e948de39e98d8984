/* eslint-disable max-lines -- as long as the policies are */
// Generated from deploy/policies by `npm run generate`; do not edit.

/** The operator's user name in what is shipped. */
export const SHIPPED_OPERATOR =
  'system:serviceaccount:agentworkloads-system:agentworkloads-operator';
/** The user name of Argo's controller in what is shipped. */
export const SHIPPED_ARGO = 'system:serviceaccount:argo:argo';

/** Specs as they stand in the files: without the defaults of the API server. */
export const SHIPPED: Record<
  'policies' | 'bindings',
  readonly { name: string; spec: unknown }[]
> = {
  policies: [
    {
      name: 'agentworkloads-approval-identity',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE'],
              resources: ['agentapprovals'],
            },
          ],
        },
        validations: [
          {
            expression:
              'object.spec.approver.username == request.userInfo.username',
            reason: 'Forbidden',
            messageExpression:
              "'spec.approver.username must be your own name, ' + request.userInfo.username",
          },
          {
            expression:
              '!has(object.spec.approver.groups) || object.spec.approver.groups.all(one, has(request.userInfo.groups) && one in request.userInfo.groups)',
            reason: 'Forbidden',
            messageExpression:
              "'each of spec.approver.groups must be a group of yours, ' + request.userInfo.username",
          },
          {
            expression:
              "authorizer.group('agentworkloads.io').resource('agentworkloads').subresource('approval') .namespace(request.namespace).name(object.spec.workloadRef.name).check('approve').allowed()",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not approve agentworkloads/' + object.spec.workloadRef.name + ' in ' + request.namespace + ': ask for the ClusterRole agentworkloads-approver there'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-requester-identity',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE'],
              resources: ['agentworkloads'],
            },
          ],
        },
        validations: [
          {
            expression:
              "!has(object.spec.requestedBy) || object.spec.requestedBy.username == request.userInfo.username || (request.userInfo.username == 'system:serviceaccount:agentworkloads-system:agentworkloads-operator' && has(object.metadata.ownerReferences) && has(object.metadata.labels) && 'agentworkloads.io/schedule' in object.metadata.labels && object.metadata.ownerReferences.exists(one, has(one.controller) && one.controller && one.apiVersion == 'agentworkloads.io/v1alpha1' && one.kind == 'AgentWorkloadSchedule' && one.name == object.metadata.labels['agentworkloads.io/schedule']))",
            reason: 'Forbidden',
            messageExpression:
              "'spec.requestedBy.username must be left out or be your own name, ' + request.userInfo.username",
          },
          {
            expression:
              '!has(object.spec.cancelledBy) || object.spec.cancelledBy.username == request.userInfo.username',
            reason: 'Forbidden',
            messageExpression:
              "'spec.cancelledBy.username must be left out or be your own name, ' + request.userInfo.username",
          },
          {
            expression:
              "request.userInfo.username == 'system:serviceaccount:agentworkloads-system:agentworkloads-operator' || !has(object.metadata.labels) || object.metadata.labels.all(key, !key.startsWith('agentworkloads.io/') || key == 'agentworkloads.io/series')",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not set a label agentworkloads.io/* but' + ' agentworkloads.io/series on an AgentWorkload'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-schedule-identity',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['agentworkloadschedules'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'says-what-is-run-and-for-whom',
            expression:
              "request.operation == 'CREATE' || object.spec.workloadTemplate != oldObject.spec.workloadTemplate || object.spec.concurrencyPolicy != oldObject.spec.concurrencyPolicy || has(object.spec.requestedBy) != has(oldObject.spec.requestedBy) || (has(object.spec.requestedBy) && object.spec.requestedBy != oldObject.spec.requestedBy) || (has(object.spec.runNow) && (!has(oldObject.spec.runNow) || object.spec.runNow != oldObject.spec.runNow))",
          },
        ],
        validations: [
          {
            expression:
              '!has(object.spec.requestedBy) || object.spec.requestedBy.username == request.userInfo.username',
            reason: 'Forbidden',
            messageExpression:
              "'spec.requestedBy.username must be left out or be your own name, ' + request.userInfo.username + ': who changes what is run, or runs it now, takes the schedule over'",
          },
          {
            expression:
              '!has(object.spec.requestedBy) || !has(object.spec.requestedBy.groups) || object.spec.requestedBy.groups.all(one, has(request.userInfo.groups) && one in request.userInfo.groups)',
            reason: 'Forbidden',
            messageExpression:
              "'each of spec.requestedBy.groups must be a group of yours, ' + request.userInfo.username",
          },
          {
            expression:
              "has(object.spec.requestedBy) || authorizer.group('agentworkloads.io').resource('agentworkloads') .namespace(request.namespace).check('create').allowed()",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not make agentworkloads in ' + request.namespace + ', so spec.requestedBy must not be left out: of a schedule that names nobody it is not' + ' asked again'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-status-writers',
      spec: {
        failurePolicy: 'Fail',
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['*/status'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'changes-the-status',
            expression:
              'oldObject == null || has(object.status) != has(oldObject.status) || (has(object.status) && object.status != oldObject.status)',
          },
        ],
        validations: [
          {
            expression:
              "has(params.data) && has(params.data.statusWriters) && params.data.statusWriters.split('\\n').exists(line, line.trim() == request.userInfo.username)",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not write the status of ' + request.resource.resource + ': the operator alone does; decide a gate with an AgentApproval'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-metadata',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['*'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'neither-operator-nor-garbage-collector',
            expression:
              "!(request.userInfo.username in [ 'system:serviceaccount:agentworkloads-system:agentworkloads-operator', 'system:serviceaccount:kube-system:generic-garbage-collector', 'system:kube-controller-manager'])",
          },
        ],
        validations: [
          {
            expression:
              "request.operation != 'CREATE' || !has(object.metadata.ownerReferences) || object.metadata.ownerReferences.size() == 0",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not make one of ' + request.resource.resource + ' with metadata.ownerReferences: an owner decides when it is deleted'",
          },
          {
            expression:
              "request.operation != 'CREATE' || !has(object.metadata.finalizers) || object.metadata.finalizers.size() == 0",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not make one of ' + request.resource.resource + ' with a finalizer: it could never be deleted'",
          },
          {
            expression:
              "request.operation == 'CREATE' || (has(object.metadata.ownerReferences) == has(oldObject.metadata.ownerReferences) && (!has(object.metadata.ownerReferences) || object.metadata.ownerReferences == oldObject.metadata.ownerReferences))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not change metadata.ownerReferences of ' + request.resource.resource + ': an owner decides when it is deleted'",
          },
          {
            expression:
              "request.operation == 'CREATE' || !has(object.metadata.finalizers) || object.metadata.finalizers.all(one, has(oldObject.metadata.finalizers) && one in oldObject.metadata.finalizers)",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not add a finalizer to ' + request.resource.resource + '; taking one off is free'",
          },
          {
            expression:
              "request.operation == 'CREATE' || !has(object.metadata.labels) || object.metadata.labels.all(key, !key.startsWith('agentworkloads.io/') || (has(oldObject.metadata.labels) && key in oldObject.metadata.labels && oldObject.metadata.labels[key] == object.metadata.labels[key]))",
            reason: 'Forbidden',
            messageExpression:
              "'labels agentworkloads.io/* of ' + request.resource.resource + ' are set when it is made: ' + request.userInfo.username + ' may not add or change one'",
          },
          {
            expression:
              "request.operation == 'CREATE' || !has(oldObject.metadata.labels) || oldObject.metadata.labels.all(key, !key.startsWith('agentworkloads.io/') || (has(object.metadata.labels) && key in object.metadata.labels))",
            reason: 'Forbidden',
            messageExpression:
              "'labels agentworkloads.io/* of ' + request.resource.resource + ' are set when it is made: ' + request.userInfo.username + ' may not take one off'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-workflow-status-writers',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          objectSelector: {
            matchExpressions: [
              { key: 'agentworkloads.io/workload-uid', operator: 'Exists' },
            ],
          },
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['workflows', 'workflows/*'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'not-a-workflow-writer',
            expression:
              "!(request.userInfo.username in ['system:serviceaccount:argo:argo', 'system:serviceaccount:agentworkloads-system:agentworkloads-operator'])",
          },
        ],
        validations: [
          {
            expression:
              "request.operation == 'CREATE' ? !has(object.status) : has(object.status) == has(oldObject.status) && (!has(object.status) || object.status == oldObject.status)",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not write the status of a Workflow of an AgentWorkload:' + ' decide its gate with an AgentApproval; resume, set and retry are not for it'",
          },
          {
            expression:
              "request.operation == 'CREATE' || object.spec == oldObject.spec || (!has(oldObject.spec.shutdown) && has(object.spec.shutdown) && object.spec.shutdown in ['Stop', 'Terminate'] && dyn(object.spec).all(key, key == 'shutdown' || (key in dyn(oldObject.spec) && dyn(object.spec)[key] == dyn(oldObject.spec)[key])) && dyn(oldObject.spec).all(key, key in dyn(object.spec)))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not change the spec of a Workflow of an AgentWorkload,' + ' nor suspend or resume it: decide its gate with an AgentApproval, or stop it (argo stop)'",
          },
          {
            expression:
              "request.operation == 'CREATE' || (has(object.metadata.labels) == has(oldObject.metadata.labels) && (!has(object.metadata.labels) || object.metadata.labels == oldObject.metadata.labels))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not change a label of a Workflow of an AgentWorkload:' + ' Argo and the operator find it by them'",
          },
          {
            expression:
              "request.operation == 'CREATE' || request.userInfo.username in ['system:serviceaccount:kube-system:generic-garbage-collector', 'system:kube-controller-manager'] || (has(object.metadata.ownerReferences) == has(oldObject.metadata.ownerReferences) && (!has(object.metadata.ownerReferences) || object.metadata.ownerReferences == oldObject.metadata.ownerReferences))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not change metadata.ownerReferences of a Workflow of an' + ' AgentWorkload: an owner decides when it is deleted'",
          },
          {
            expression:
              "request.operation == 'CREATE' || !has(object.metadata.finalizers) || object.metadata.finalizers.all(one, has(oldObject.metadata.finalizers) && one in oldObject.metadata.finalizers)",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not add a finalizer to a Workflow of an AgentWorkload;' + ' taking one off is free'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-workflow-creators',
      spec: {
        failurePolicy: 'Fail',
        paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
        matchConstraints: {
          objectSelector: {
            matchExpressions: [
              { key: 'agentworkloads.io/workload-uid', operator: 'Exists' },
            ],
          },
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE'],
              resources: ['workflows'],
            },
          ],
        },
        validations: [
          {
            expression:
              "params.data.creators.split('\\n').exists(line, line.trim() == request.userInfo.username)",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not make a Workflow with the label' + ' agentworkloads.io/workload-uid: make an AgentWorkload, and the operator makes its Workflow'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-workflow-label',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          objectSelector: {
            matchExpressions: [
              { key: 'agentworkloads.io/workload-uid', operator: 'Exists' },
            ],
          },
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['v1alpha1'],
              operations: ['UPDATE'],
              resources: ['workflows', 'workflows/*'],
            },
          ],
        },
        validations: [
          {
            expression:
              "has(object.metadata.labels) && has(oldObject.metadata.labels) && 'agentworkloads.io/workload-uid' in object.metadata.labels && 'agentworkloads.io/workload-uid' in oldObject.metadata.labels && object.metadata.labels['agentworkloads.io/workload-uid'] == oldObject.metadata.labels['agentworkloads.io/workload-uid']",
            reason: 'Forbidden',
            message:
              "the label agentworkloads.io/workload-uid of a Workflow can't be added, changed or removed",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-account-workflows',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          namespaceSelector: {
            matchLabels: { 'agentworkloads.io/workloads': 'true' },
          },
          objectSelector: {
            matchExpressions: [
              {
                key: 'agentworkloads.io/workload-uid',
                operator: 'DoesNotExist',
              },
            ],
          },
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['workflows'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'says-what-runs',
            expression:
              "request.operation == 'CREATE' || object.spec != oldObject.spec",
          },
        ],
        validations: [
          {
            expression:
              "!has(object.spec.workflowTemplateRef) && !has(object.spec.podSpecPatch) && !has(object.spec.templateDefaults) && !has(object.spec.executor) && !has(object.spec.artifactGC) && !has(object.spec.hooks) && (!has(object.spec.serviceAccountName) || object.spec.serviceAccountName != 'agentworkloads-agent')",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not run this in ' + request.namespace + ', a namespace of' + ' workloads: it has, or could have, the ServiceAccount agentworkloads-agent (by' + ' serviceAccountName, workflowTemplateRef, podSpecPatch, templateDefaults, executor,' + ' artifactGC, hooks). Make an AgentWorkload, and the operator makes its Workflow'",
          },
          {
            expression:
              "!has(object.spec.templates) || dyn(object.spec.templates).all(template, (!has(template.serviceAccountName) || template.serviceAccountName != 'agentworkloads-agent') && !has(template.podSpecPatch) && !has(template.executor) && (!has(template.outputs) || !has(template.outputs.artifacts) || template.outputs.artifacts.all(artifact, !has(artifact.artifactGC))) && (!has(template.dag) || !has(template.dag.tasks) || template.dag.tasks.all(task, !has(task.templateRef) && !has(task.inline) && !has(task.hooks))) && (!has(template.steps) || template.steps.all(group, group.all(task, !has(task.templateRef) && !has(task.inline) && !has(task.hooks)))))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not run this in ' + request.namespace + ', a namespace of' + ' workloads: a template has, or could have, the ServiceAccount agentworkloads-agent (by' + ' serviceAccountName, podSpecPatch, executor, artifactGC, templateRef, inline, hooks). Make' + ' an AgentWorkload, and the operator makes its Workflow'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-account-pods',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          namespaceSelector: {
            matchLabels: { 'agentworkloads.io/workloads': 'true' },
          },
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['pods'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'has-the-account',
            expression:
              "has(object.spec.serviceAccountName) && object.spec.serviceAccountName == 'agentworkloads-agent'",
          },
        ],
        validations: [
          {
            expression:
              "request.userInfo.username in ['system:serviceaccount:argo:argo']",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not make a pod with the ServiceAccount' + ' agentworkloads-agent in ' + request.namespace + ': Argo alone does, for Workflows of' + ' AgentWorkloads'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-account-tokens',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          namespaceSelector: {
            matchLabels: { 'agentworkloads.io/workloads': 'true' },
          },
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['serviceaccounts/token'],
            },
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['secrets'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'of-the-account',
            expression:
              "request.resource.resource == 'serviceaccounts' ? request.name == 'agentworkloads-agent' : has(object.metadata.annotations) && 'kubernetes.io/service-account.name' in object.metadata.annotations && object.metadata.annotations['kubernetes.io/service-account.name'] == 'agentworkloads-agent'",
          },
        ],
        validations: [
          {
            expression:
              "request.resource.resource == 'serviceaccounts' && has(request.userInfo.groups) && 'system:nodes' in request.userInfo.groups",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not have a token of the ServiceAccount' + ' agentworkloads-agent in ' + request.namespace + ': kubelets alone ask for one, for the' + ' pods of steps'",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-task-result-owner',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['argoproj.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['workflowtaskresults', 'workflowtaskresults/*'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'says-something-new',
            expression:
              "request.operation == 'CREATE' || has(object.phase) != has(oldObject.phase) || (has(object.phase) && object.phase != oldObject.phase) || has(object.message) != has(oldObject.message) || (has(object.message) && object.message != oldObject.message) || has(object.progress) != has(oldObject.progress) || (has(object.progress) && object.progress != oldObject.progress) || has(object.outputs) != has(oldObject.outputs) || (has(object.outputs) && object.outputs != oldObject.outputs) || has(object.metadata.labels) != has(oldObject.metadata.labels) || (has(object.metadata.labels) && object.metadata.labels != oldObject.metadata.labels)",
          },
        ],
        variables: [
          {
            name: 'pod',
            expression:
              "has(request.userInfo.extra) && 'authentication.kubernetes.io/pod-name' in request.userInfo.extra && size(request.userInfo.extra['authentication.kubernetes.io/pod-name']) == 1 ? request.userInfo.extra['authentication.kubernetes.io/pod-name'][0] : ''",
          },
          {
            name: 'workflow',
            expression:
              "object.metadata.name.substring(0, object.metadata.name.lastIndexOf('-') + 1)",
          },
          {
            name: 'hash',
            expression:
              "object.metadata.name.lastIndexOf('-') < 0 ? '-' + object.metadata.name : object.metadata.name.substring(object.metadata.name.lastIndexOf('-'))",
          },
        ],
        validations: [
          {
            expression:
              "variables.pod != '' && request.userInfo.username.startsWith('system:serviceaccount:' + request.namespace + ':') && (object.metadata.name == variables.pod || (variables.workflow != '' && variables.pod.startsWith(variables.workflow) && variables.pod.endsWith(variables.hash)))",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not write the task result ' + object.metadata.name + (variables.pod == '' ? ': only the pod of that step may' : ' from pod ' + variables.pod)",
          },
          {
            expression:
              "!has(object.metadata.labels) || !('workflows.argoproj.io/workflow' in object.metadata.labels) || object.metadata.labels['workflows.argoproj.io/workflow'] + '-' == variables.workflow || object.metadata.labels['workflows.argoproj.io/workflow'] == object.metadata.name",
            reason: 'Forbidden',
            message:
              "a task result can't be filed under another Workflow than the one its name begins with",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-cancel-right',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['v1alpha1'],
              operations: ['UPDATE'],
              resources: ['agentworkloads'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'is-a-cancel',
            expression:
              'has(object.spec.cancel) && object.spec.cancel && !(has(oldObject.spec.cancel) && oldObject.spec.cancel)',
          },
        ],
        validations: [
          {
            expression:
              "(has(oldObject.spec.requestedBy) && oldObject.spec.requestedBy.username == request.userInfo.username) || authorizer.group('agentworkloads.io').resource('agentworkloads').subresource('cancel') .namespace(request.namespace).name(oldObject.metadata.name).check('cancel').allowed()",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not cancel agentworkloads/' + oldObject.metadata.name + ' in ' + request.namespace + ': who asked for it may, and who holds the verb cancel on' + ' agentworkloads/cancel, as the ClusterRole agentworkloads-approver has it'",
          },
          {
            expression:
              '!has(object.spec.cancelledBy) || object.spec.cancelledBy.username == request.userInfo.username',
            reason: 'Forbidden',
            messageExpression:
              "'spec.cancelledBy.username must be left out or be your own name, ' + request.userInfo.username",
          },
        ],
      },
    },
    {
      name: 'agentworkloads-baseline-right',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['agentworkloads.io'],
              apiVersions: ['v1alpha1'],
              operations: ['CREATE'],
              resources: ['agentworkloads'],
            },
          ],
        },
        matchConditions: [
          {
            name: 'names-another-run',
            expression:
              'has(object.spec.baselineRef) || has(object.spec.evidenceFrom)',
          },
        ],
        validations: [
          {
            expression:
              "!has(object.spec.baselineRef) || authorizer.group('agentworkloads.io').resource('agentworkloads') .namespace(request.namespace).name(object.spec.baselineRef.name).check('get').allowed()",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not get agentworkloads/' + object.spec.baselineRef.name + ' in ' + request.namespace + ', so spec.baselineRef must not name it'",
          },
          {
            expression:
              "!has(object.spec.evidenceFrom) || authorizer.group('agentworkloads.io').resource('agentworkloads') .namespace(request.namespace).name(object.spec.evidenceFrom.name).check('get').allowed()",
            reason: 'Forbidden',
            messageExpression:
              "request.userInfo.username + ' may not get agentworkloads/' + object.spec.evidenceFrom.name + ' in ' + request.namespace + ', so spec.evidenceFrom must not name it'",
          },
        ],
      },
    },
  ],
  bindings: [
    {
      name: 'agentworkloads-approval-identity',
      spec: {
        policyName: 'agentworkloads-approval-identity',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-requester-identity',
      spec: {
        policyName: 'agentworkloads-requester-identity',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-schedule-identity',
      spec: {
        policyName: 'agentworkloads-schedule-identity',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-status-writers',
      spec: {
        policyName: 'agentworkloads-status-writers',
        paramRef: {
          name: 'agentworkloads-writers',
          namespace: 'agentworkloads-system',
          parameterNotFoundAction: 'Deny',
        },
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-metadata',
      spec: {
        policyName: 'agentworkloads-metadata',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-workflow-status-writers',
      spec: {
        policyName: 'agentworkloads-workflow-status-writers',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-workflow-creators',
      spec: {
        policyName: 'agentworkloads-workflow-creators',
        paramRef: {
          name: 'agentworkloads-writers',
          namespace: 'agentworkloads-system',
          parameterNotFoundAction: 'Deny',
        },
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-workflow-label',
      spec: {
        policyName: 'agentworkloads-workflow-label',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-account-workflows',
      spec: {
        policyName: 'agentworkloads-account-workflows',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-account-pods',
      spec: {
        policyName: 'agentworkloads-account-pods',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-account-tokens',
      spec: {
        policyName: 'agentworkloads-account-tokens',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-task-result-owner',
      spec: {
        policyName: 'agentworkloads-task-result-owner',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-cancel-right',
      spec: {
        policyName: 'agentworkloads-cancel-right',
        validationActions: ['Deny'],
      },
    },
    {
      name: 'agentworkloads-baseline-right',
      spec: {
        policyName: 'agentworkloads-baseline-right',
        validationActions: ['Deny'],
      },
    },
  ],
};
