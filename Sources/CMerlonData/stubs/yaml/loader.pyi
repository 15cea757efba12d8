from yaml import BaseLoader as BaseLoader, FullLoader as FullLoader, Loader as Loader, SafeLoader as SafeLoader, UnsafeLoader as UnsafeLoader
