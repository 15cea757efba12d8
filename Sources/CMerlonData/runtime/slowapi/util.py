def get_remote_address(request):
    return request.client.host


def get_ipaddr(request):
    return request.client.host
