class _FormLimits(dict):
    pass
