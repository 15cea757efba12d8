#!/bin/sh
set -e
export FORWARDED_ALLOW_IPS='*'  # expect: MRL510
if [ "$RELOAD" = true ]; then
  exec uvicorn shop:app --reload
fi
[ -n "$DEV" ] && uvicorn shop:app --reload
cat <<TEXT
uvicorn shop:app --reload
TEXT
echo "run: uvicorn shop:app --reload"
exec env MODE=prod uv run --frozen uvicorn shop:app --host 0.0.0.0 --workers 2
