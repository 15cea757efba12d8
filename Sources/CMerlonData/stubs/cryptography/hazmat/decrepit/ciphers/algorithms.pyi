from cryptography.hazmat.primitives.ciphers.algorithms import ARC4 as ARC4, Blowfish as Blowfish, CAST5 as CAST5, IDEA as IDEA, SEED as SEED, TripleDES as TripleDES
