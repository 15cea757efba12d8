def simplify_operation_ids(app):
    pass
