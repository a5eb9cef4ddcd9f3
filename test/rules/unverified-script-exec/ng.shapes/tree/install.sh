#!/usr/bin/env bash
set -euo pipefail
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y
curl -fsSL https://get.acme.example/key.sh | sed 's/a/b/' | sudo -E bash -
wget -qO- http://acme.example/x.sh | bash
bash <(curl -s https://codecov.example/bash)
sh -c "$(curl -fsSL https://acme.example/brew.sh)"
eval "$(wget -O - https://acme.example/env)"
source <(curl -s https://acme.example/functions.sh)
python3 - <<< "$(curl -s https://acme.example/setup.py)"
curl https://acme.example/a.py | python3 -
if ! command -v tool; then sudo sh -c 'curl https://acme.example/tool | sh'; fi
curl -fsSL https://acme.example/run.sh -o run.sh
chmod +x run.sh
./run.sh --all
curl -O https://acme.example/one.sh && bash one.sh
