class BaseContext:
    def __init__(self):
        self.request = None
        self.background_tasks = None
        self.response = None
