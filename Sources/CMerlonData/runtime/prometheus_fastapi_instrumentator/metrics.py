class Info:
    pass


def _instrumentation(*args, **options):
    return None


default = _instrumentation
latency = _instrumentation
request_size = _instrumentation
response_size = _instrumentation
combined_size = _instrumentation
requests = _instrumentation
