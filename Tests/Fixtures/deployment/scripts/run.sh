cd /app && exec tini -- dumb-init poetry run fastapi dev  # expect: MRL532
watchfiles "uvicorn shop:app" shop  # expect: MRL532
uvicorn shop:app --reload=false
UVICORN_RELOAD=1 uvicorn shop:app  # expect: MRL532
wait-for-it.sh db:5432 -- uvicorn shop:app --host 127.0.0.1
hypercorn --debug shop:app  # expect: MRL532
