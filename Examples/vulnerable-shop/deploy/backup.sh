#!/bin/sh
# Nightly copy of the shop's data.
set -eu

export AWS_ACCESS_KEY_ID=AKIAEWIWWMVYBAYRSL3R
export AWS_SECRET_ACCESS_KEY=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

tar -czf var/shop-data.tar.gz var/shop.db var/uploads
aws s3 cp var/shop-data.tar.gz s3://larkspur-backups/shop-data.tar.gz
