#!/usr/bin/env node
require('../../../dist/apps/ledgerctl/src/main.js');
