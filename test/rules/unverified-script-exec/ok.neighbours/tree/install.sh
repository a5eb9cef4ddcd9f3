#!/bin/sh
# curl https://acme.example/x | sh
echo "Run: curl https://acme.example/x | sh"
curl -s https://acme.example/data.json | jq .name
curl -s https://acme.example/data.json | python3 -m json.tool
curl -s https://acme.example/data.json | python3 -c 'import json, sys; print(json.load(sys.stdin))'
curl -s https://acme.example/list | perl -ne 'print if /x/'
curl -s https://acme.example/t.tgz | tar xz
VERSION=$(curl -s https://acme.example/latest)
curl -s https://acme.example/x | bash script.sh
source <(kubectl completion bash)
eval "$(ssh-agent -s)"
curl -fsSL https://raw.githubusercontent.com/acme/x/8f4b7f84864484a7bf31766abe9204da3cbe65b3/install.sh | sh
curl -s http://localhost:8080/setup.sh | sh
curl -fsSL https://acme.example/run.sh -o run.sh
echo "0123456789abcdef  run.sh" | sha256sum -c
sh run.sh
curl -o data.csv https://acme.example/data.csv
python3 report.py data.csv
cat <<'EOF'
curl https://acme.example/x | sh
EOF
curl -sf https://acme.example/health || exit 1
