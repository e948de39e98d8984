/** What went wrong at a provider, and what can be done about it. */
export function providerProblem(title: string, error: unknown): string {
  const { name, message } =
    error instanceof Error ? error : new Error(String(error));
  if (name === 'PopupRejectedError') {
    return `The browser did not open the window of ${title}. Allow pop-ups for this page, then try again.`;
  }
  if (name === 'PopupClosedError') {
    return /incorrect app origin/i.test(message)
      ? `This page has another address than app.baseUrl in the portal’s configuration (${message}). Open the portal by that address.`
      : `The window of ${title} was closed before you were signed in.`;
  }
  if (/login_required|interaction_required/.test(message)) {
    return `${title} asks you to sign in there first (${message}). Where auth.providers.oidc has prompt: none, it can’t show its form here.`;
  }
  if (/contain(s|ed)? (no|an) email/i.test(message)) {
    return `${title} told the portal no verified e-mail address for you. Whoever runs it must give you one, and mark it as verified.`;
  }
  if (/access_denied/.test(message)) {
    return `${title} did not let you in: ${message}.`;
  }
  if (/failed to fetch|networkerror/i.test(message)) {
    return 'The portal’s backend does not answer. Try again in a few seconds; if it stays so, tell whoever runs this portal.';
  }
  return message;
}
