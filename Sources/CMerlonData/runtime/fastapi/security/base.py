class SecurityBase:
    model = None
    scheme_name = None
    auto_error = None
