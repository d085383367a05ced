#!/usr/bin/env bash
# Installs what the tests need beyond npm, where it is missing: Java and Maven (they bring Apache Kafka), kcat, the
# independent Kafka client, hledger and beancount, which read our journals, Chromium with Chinese fonts for the portal, and
# poppler, which reads PDF files. For Debian and its children; elsewhere install them by hand.
set -euo pipefail

missing=()
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
command -v mvn >/dev/null || missing+=(maven)
command -v kcat >/dev/null || missing+=(kcat)
command -v hledger >/dev/null || missing+=(hledger)
command -v bean-check >/dev/null || missing+=(beancount)
command -v chromium >/dev/null || missing+=(chromium fonts-noto-cjk)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -eq 0 ]; then
  echo "Java, Maven, kcat, hledger, beancount, Chromium and poppler are here."
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}. This script knows apt-get only; install them by hand." >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
export DEBIAN_FRONTEND=noninteractive
install() { "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; }
# The package lists may be old or absent.
install || { "${as_root[@]}" apt-get update && install; }
