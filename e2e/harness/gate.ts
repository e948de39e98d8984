/** JSON Patch that sets a waiting gate as Argo's own resume does. */
export function resumePatch(nodeId: string, decision = 'approve'): object[] {
  const node = `/status/nodes/${nodeId}`;
  return [
    { op: 'test', path: `${node}/type`, value: 'Suspend' },
    { op: 'test', path: `${node}/phase`, value: 'Running' },
    { op: 'replace', path: `${node}/phase`, value: 'Succeeded' },
    { op: 'add', path: `${node}/finishedAt`, value: new Date().toISOString() },
    {
      op: 'replace',
      path: `${node}/outputs`,
      value: { parameters: [{ name: 'decision', value: decision }] },
    },
  ];
}
