class StaticFiles:
    def __init__(self, *, directory=None, packages=None, html=False, check_dir=True, follow_symlink=False):
        self.directory = directory
        self.packages = packages
        self.html = html
        self.config_checked = False

    async def __call__(self, scope, receive, send):
        pass

    def get_path(self, scope):
        return ""

    async def get_response(self, path, scope):
        pass

    def lookup_path(self, path):
        return "", None

    def file_response(self, full_path, stat_result, scope, status_code=200):
        pass
