from xml.etree.ElementTree import XML as XML, fromstring as fromstring, iterparse as iterparse, parse as parse
