#!/usr/bin/env bash
# Installs the LaTeX that tests/test_latex.py compiles tables with, where that is possible and it is missing.
set -euo pipefail

if command -v pdflatex > /dev/null; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
  echo 'pdflatex is missing; tables will not be compiled. On Debian: apt-get install texlive-latex-recommended' >&2
  exit 0
fi
echo 'Installing LaTeX (texlive-latex-recommended), to compile tables in tests'
export DEBIAN_FRONTEND=noninteractive
{ apt-get update && apt-get install --yes --no-install-recommends texlive-latex-recommended; } > /dev/null 2>&1 \
  || echo 'LaTeX could not be installed; tables will not be compiled' >&2
