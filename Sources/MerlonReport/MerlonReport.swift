import MerlonBase
