#!/bin/sh
npm install -g typescript
