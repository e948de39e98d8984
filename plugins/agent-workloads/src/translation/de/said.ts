import type { said as english } from '../en/said';
import type { Translated } from '../messages';

export const said: Translated<typeof english> = {
  gateNotOpen: 'Diese Freigabe ist nicht offen.',
  gateNotOpenAnyMore:
    'Diese Freigabe ist nicht mehr offen; sehen Sie sich den Lauf noch einmal an',
  gateApproved:
    'Über diese Freigabe wurde schon entschieden (freigegeben von {{who}})',
  gateDenied:
    'Über diese Freigabe wurde schon entschieden (abgelehnt von {{who}})',
  gateOther:
    'Jetzt wartet eine andere Freigabe als die, die Sie vor sich hatten; sehen Sie sich den Lauf noch einmal an',
  gateOtherEvidence:
    'Die Freigabe beruht auf anderen Belegen als denen, die Sie vor sich hatten; sehen Sie sich den Lauf noch einmal an',
  gateTimeIsOver: 'Die Zeit für die Entscheidung ist vorbei.',
  gateRequesterUnknown:
    'Dieser Lauf braucht vier Augen, aber niemand weiß, wer ihn gestartet hat; deshalb kann niemand entscheiden. Brechen Sie ihn ab und starten Sie ihn noch einmal aus dem Portal.',
  gateOwnRun:
    'Sie haben diesen Lauf gestartet, und er braucht vier Augen: jemand anderes muss entscheiden.',
  gateNotPermitted:
    'Die Richtlinie dieses Portals lässt Sie über keine Freigaben entscheiden: bitten Sie die Verwaltung um die Berechtigung agent-workloads.gate.decide.',
  gateNoApprover:
    'Der Cluster lässt Sie in {{namespace}} über keine Freigaben entscheiden: bitten Sie seine Betreiber dort um die ClusterRole agentworkloads-approver.',
  gateYouApproved:
    'Sie haben diese Freigabe schon genehmigt; der Operator führt es gerade aus.',
  gateYouApprovedOf:
    'Sie haben diese Freigabe schon genehmigt, wie bisher {{number}} von {{needed}} Personen.',
  gateYouApprovedOfGroups:
    'Sie haben diese Freigabe schon genehmigt, wie bisher {{number}} von {{needed}} Personen, aber aus diesen Gruppen noch niemand: {{groups}}.',
  gateOthersOfGroups:
    'Genug Personen haben diese Freigabe genehmigt, aber aus diesen Gruppen noch niemand, und Sie sind in keiner davon: {{groups}}.',
  gateApprovalGone:
    'Eine Genehmigung, die schon gezählt hatte, ist nicht mehr da; deshalb kann keine weitere diese Freigabe noch öffnen: lehnen Sie ab, oder lassen Sie die Zeit ablaufen und öffnen Sie den Lauf noch einmal.',
  gateYouDenied:
    'Sie haben diese Freigabe schon abgelehnt; der Operator führt es gerade aus.',
  gateApprovalNotUsed:
    'Sie haben diese Freigabe genehmigt, aber der Operator konnte damit nichts anfangen: {{why}}',
  gateDenialNotUsed:
    'Sie haben diese Freigabe abgelehnt, aber der Operator konnte damit nichts anfangen: {{why}}',
  gateDecisionsChange:
    'Ihre Entscheidungen zu dieser Freigabe ändern sich gerade; sehen Sie sich den Lauf noch einmal an',
  gateTooManyDecisions:
    'Der Operator konnte mit {{number}} Ihrer Entscheidungen zu dieser Freigabe nichts anfangen. Lesen Sie beim Lauf die Gründe, bevor Sie noch einmal entscheiden; auch jemand anderes kann entscheiden.',
  gateNoMoreTime:
    'Mehr Zeit ließ sich nicht anfordern; sehen Sie sich den Lauf noch einmal an',
  gateBadDecision: 'So lässt sich nicht entscheiden: {{problem}}',
  gateBadExtension: 'Die Freigabe lässt sich nicht verlängern: {{problem}}',
  gateRunUnreadable:
    'Der Lauf ist nicht lesbar, deshalb lässt sich nicht über ihn entscheiden',
  onlyAPersonDecides:
    'Nur ein Mensch entscheidet eine Freigabe, im Portal selbst; was in seinem Namen handelt, darf es nicht',
  onlyAPersonCallsWrong:
    'Nur ein Mensch sagt, dass eine Änderung keine ist, im Portal selbst; was in seinem Namen handelt, darf es nicht',
  onlyAPersonTakesBack:
    'Nur ein Mensch sagt, dass eine Änderung doch eine ist, im Portal selbst; was in seinem Namen handelt, darf es nicht',
  noNameInKubernetes: 'Sie haben in Kubernetes keinen Namen.',
  noNameBecause: 'Sie haben in Kubernetes keinen Namen: {{problem}}',
  permissionMissing:
    'Dafür brauchen Sie die Berechtigung {{permission}}; fragen Sie, wer die Richtlinie des Portals verwaltet',
  runNotFound:
    'Es gibt keinen Lauf {{namespace}}/{{name}} im Cluster „{{cluster}}“',
  runNotKnown:
    'Soweit gerade bekannt, gibt es keinen Lauf {{namespace}}/{{name}} im Cluster „{{cluster}}“ ({{why}})',
  cancelRefused: 'Nicht abgebrochen: {{problem}}',
  runEnded:
    'Der Lauf ist schon zu Ende ({{phase}}); es gibt nichts abzubrechen',
  runNotOpenedAgain:
    'Nur ein Lauf, an dessen Freigabe die Zeit ablief, wird noch einmal vorgelegt, und dieser endete anders ({{phase}}). Wiederholen Sie ihn: dann werden die Seiten besucht.',
  runDeniedInTime:
    '{{who}} hat rechtzeitig abgelehnt, auch wenn das erst nach Ablauf der Zeit zu beurteilen war; zu denselben Seiten wird niemand ein zweites Mal gefragt. Wiederholen Sie den Lauf: dann werden die Seiten besucht.',
  runOpenedAlready:
    'Dieser Lauf wurde schon noch einmal vorgelegt, als {{run}}: Entscheiden Sie dort.',
  runOpenedHidden:
    'Dieser Lauf wurde in einem Lauf noch einmal vorgelegt, den Sie nicht lesen dürfen. Wiederholen Sie den Lauf: dann werden die Seiten besucht.',
  runOpenedReported:
    'Dieser Lauf wurde als {{run}} noch einmal vorgelegt, und dessen Bericht ist da. Wiederholen Sie den Lauf: dann werden die Seiten besucht.',
  runOpenedDenied:
    'Dieser Lauf wurde als {{run}} noch einmal vorgelegt, und {{who}} hat dort abgelehnt; zu denselben Seiten wird niemand noch einmal gefragt. Wiederholen Sie den Lauf: dann werden die Seiten besucht.',
  runOpenedEnded:
    'Dieser Lauf wurde als {{run}} noch einmal vorgelegt, und der ist zu Ende ({{phase}}); zu denselben Seiten wird niemand noch einmal gefragt. Wiederholen Sie den Lauf: dann werden die Seiten besucht.',
  checkRefused: 'Die Seiten können nicht geprüft werden: {{problem}}',
  runRefused: 'Der Lauf kann nicht starten: {{problem}}',
  scheduleNotFound:
    'Es gibt keinen Zeitplan {{namespace}}/{{name}} im Cluster „{{cluster}}“',
  scheduleNotKnown:
    'Soweit gerade bekannt, gibt es keinen Zeitplan {{namespace}}/{{name}} im Cluster „{{cluster}}“ ({{why}})',
  scheduleChanged:
    'Der Zeitplan {{name}} wurde inzwischen geändert; sehen Sie ihn sich noch einmal an',
  scheduleOther:
    'In {{namespace}} gibt es jetzt einen anderen Zeitplan namens {{name}}; sehen Sie ihn sich erst an',
  scheduleRunTakesOver:
    'Der Zeitplan {{name}} läuft jetzt im Namen von {{owner}}; wer ihn startet, übernimmt ihn. Sehen Sie ihn sich noch einmal an',
  scheduleRunTakesOverFromNobody:
    'Der Zeitplan {{name}} läuft jetzt in niemandes Namen; wer ihn startet, übernimmt ihn. Sehen Sie ihn sich noch einmal an',
  scheduleEditTakesOver:
    'Der Zeitplan {{name}} läuft im Namen von {{owner}}; wer ändert, was er startet, übernimmt ihn. Stimmen Sie dem erst zu',
  scheduleEditTakesOverFromNobody:
    'Der Zeitplan {{name}} läuft in niemandes Namen; wer ändert, was er startet, übernimmt ihn. Stimmen Sie dem erst zu',
  listRefused: 'Die Liste lässt sich so nicht erstellen: {{problem}}',
  changeNotFound:
    'Diese Änderung gibt es nicht; vielleicht ist ihr Lauf schon gelöscht. Sehen Sie sich die Liste noch einmal an',
  changeMarkRefused:
    'Die Änderung lässt sich so nicht kennzeichnen: {{problem}}',
  changeCalledWrong:
    '{{who}} hat schon vor Ihnen gesagt, dass sie falsch ist: „{{reason}}“',
  changeNotYours:
    '{{who}} hat gesagt, dass sie falsch ist, und nur diese Person kann das zurücknehmen',
  changeNotWrong:
    'Niemand sagt (mehr), dass sie falsch ist; sehen Sie sich die Liste noch einmal an',
  databaseAway:
    'Die Datenbank des Portals ist gerade nicht lesbar. Versuchen Sie es gleich noch einmal; wenn es so bleibt, steht der Grund im Protokoll des Portal-Backends.',
  storageNotConfigured:
    'Das Portal hat keinen Objektspeicher; in seiner Konfiguration fehlt agentWorkloads.artifacts',
  storageAway:
    'Der Objektspeicher ist gerade nicht lesbar ({{why}}). Versuchen Sie es gleich noch einmal; wenn es so bleibt, stimmt etwas mit agentWorkloads.artifacts oder dem Speicher nicht.',
  storageNoCredentials:
    'Der Objektspeicher ist gerade nicht lesbar: AWS gibt dem Portal keine Zugangsdaten dafür. Wer das Portal betreibt, setzt agentWorkloads.artifacts.accessKey und secretKey oder eine accountId aus aws.accounts, oder lässt das Portal unter einer Rolle laufen.',
  artifactMissing:
    'Der Lauf hat (noch) kein Artefakt „{{artifact}}“; er hat: {{others}}',
  artifactElsewhere:
    'Das Artefakt „{{artifact}}“ liegt in einem anderen Bucket als dem, den das Portal liest (agentWorkloads.artifacts.bucket)',
  objectGone:
    'Dieses Objekt ist nicht (mehr) im Speicher; ein neuer Lauf macht ein neues',
  objectOfAnotherRun: 'Dieses Objekt gehört zu einem anderen Lauf',
  objectsNotYet: 'Dieser Lauf hat noch keine Objekte',
  objectReplaced:
    '{{what}} ist nicht, was der Lauf ausgegeben hat: jemand hat es im Speicher ersetzt. Genehmigen Sie nicht; lehnen Sie ab und finden Sie heraus, wer in den Bucket schreiben darf.',
  objectNotOfGate:
    '{{what}} gehört nicht zu dem, womit die Freigabe geöffnet wurde, und wird deshalb vor der Entscheidung nicht gezeigt',
  objectNotThere: '{{what}} ist nicht (mehr) im Speicher',
  objectTooLarge: '{{what}} ist größer als alles, was ein Lauf ausgibt',
  logNoStep:
    'Der Lauf hat keinen Schritt „{{step}}“, dessen Protokoll lesbar wäre',
  logNotYet: 'Der Schritt „{{step}}“ hat noch kein Protokoll',
  logNotYetBecause: 'Der Schritt „{{step}}“ hat noch kein Protokoll: {{why}}',
  logNoContainer:
    'Der Schritt „{{step}}“ hat kein Protokoll: er startet keinen Container',
  logPodGone:
    'Den Pod des Schritts „{{step}}“ gibt es nicht mehr, und damit auch sein Protokoll nicht',
  clusterAway:
    'Der Cluster kann das gerade nicht: {{why}}. Versuchen Sie es gleich noch einmal.',
  clusterNoAccount:
    'Der Cluster nimmt das Konto des Portals nicht an; jemand vom Plattform-Team muss agentWorkloads.clusters in Ordnung bringen.',
  clusterRefused: 'Der Cluster hat es abgelehnt: {{why}}',
  clusterRefusedPerson:
    'Der Cluster hat es abgelehnt: {{why}}. Das Portal fragte als „{{who}}“ in {{groups}}.',
  clusterRefusedWithoutGroup:
    'Der Cluster hat es abgelehnt: {{why}}. Das Portal fragte als „{{who}}“ ohne Gruppe: agentWorkloads.identity.groups nennt keine der Kataloggruppen dieser Person.',
  clusterCannot: 'Der Cluster kann das nicht: {{why}}',
};
