#!/bin/sh
# Run once by the postgres image, as its superuser, on an empty volume: a role of Målrett's own and a database of its.
# Not a superuser, so that PostgreSQL itself keeps the municipalities apart.
set -eu
password=$(cat "${DATABASE_PASSWORD_FILE:-/run/secrets/database_password}")
psql -q -v ON_ERROR_STOP=1 -v password="$password" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE malrett LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE malrett OWNER malrett ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE malrett FROM PUBLIC;
SQL
