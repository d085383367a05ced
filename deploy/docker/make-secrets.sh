#!/bin/sh
# Makes the passwords of one installation of compose.yaml: random, once. There are no default passwords; compose refuses to
# start without these files. Run it in the folder that holds compose.yaml: sh make-secrets.sh
set -eu
cd "${1:-$(dirname "$0")}"

if [ -e secrets ] || [ -e .env ]; then
  echo 'secrets/ or .env is there already. The databases know the passwords in them: they are left as they are.' >&2
  exit 1
fi

password() {
  # Hexadecimal, so that it may stand in an address as it is.
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

umask 077
mkdir secrets
postgres=$(password)
eventstore=$(password)
printf '%s' "$postgres" >secrets/postgres-password
printf '%s' "postgres://provident:$postgres@postgres:5432/provident" >secrets/database-url
# The vault may have a database of its own: change the address before the first start.
printf '%s' "postgres://provident:$postgres@postgres:5432/provident" >secrets/vault-url
# Wraps the keys of personal data. A copy belongs in a safe, apart from every backup of the databases.
head -c 32 /dev/urandom | base64 | tr -d '\n' >secrets/master-key
# Signs the checkpoints of the log. Lost, it is replaced by a new one; in other hands, it signs in this agency's name.
head -c 32 /dev/urandom | base64 | tr -d '\n' >secrets/checkpoint-key
printf '%s' "esdb://admin:$eventstore@eventstore-1:2113,eventstore-2:2113,eventstore-3:2113?tls=true&tlsCaFile=/certificates/ca/ca.crt" \
  >secrets/eventstore-url
password >secrets/grafana-admin-password
# Containers read these files as users of their own; the folder keeps everybody else on this machine out.
chmod 444 secrets/*

# EventStoreDB takes its first passwords from the environment only.
cat >.env <<END
EVENTSTORE_ADMIN_PASSWORD=$eventstore
EVENTSTORE_OPS_PASSWORD=$(password)
END
echo "Made secrets/ and .env in $(pwd). Keep them; they are not in version control."
