#!/bin/bash
# Makes a certificate authority and a certificate for each node, once; a later start finds them and changes nothing.
# Each certificate names its node's host name and address (see compose.yaml): clients and the other nodes check both.
set -euo pipefail
cd /certificates

if [ -e complete ]; then
  echo 'The certificates are there already.'
  exit 0
fi
rm -rf ca node1 node2 node3
es-gencert-cli create-ca -out ca
for node in 1 2 3; do
  es-gencert-cli create-node -ca-certificate ca/ca.crt -ca-key ca/ca.key -out "node$node" \
    -ip-addresses "127.0.0.1,172.30.240.1$node" -dns-names "localhost,eventstore-$node"
done

# The nodes run as user 1000. The authority's key stays with root; its certificate is for everybody who connects.
chown -R 1000:1000 node1 node2 node3
chmod 755 . ca
chmod 444 ca/ca.crt
chmod 400 ca/ca.key
touch complete
