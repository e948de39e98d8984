#!/usr/bin/env bash
# Proposes what a workflow has changed in its checkout; nothing changed: nothing is proposed.
#   .github/propose.sh BRANCH WHAT
set -euo pipefail
branch=$1 title="build: $2"

git add --all
if git diff --cached --quiet; then
  echo 'Nothing has changed.'
  exit 0
fi
git config user.name 'github-actions[bot]'
git config user.email 'github-actions[bot]@users.noreply.github.com'
git switch -C "$branch"
git commit --message "$title"
git push --force origin "$branch"
state=$(gh pr view "$branch" --json state --jq .state || true)
if [ "$state" != OPEN ]; then
  gh pr create --head "$branch" --title "$title" --body 'Made by the workflow "versions"; the tests say whether it holds.'
fi
