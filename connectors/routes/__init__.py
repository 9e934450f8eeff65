"""The addresses of the server that are no chat: REST, metrics, the CRM's and the worker's."""
