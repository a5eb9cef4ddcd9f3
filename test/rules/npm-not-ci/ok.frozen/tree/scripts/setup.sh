#!/bin/sh
npm install
