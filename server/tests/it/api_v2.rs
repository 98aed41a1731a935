//! The REST API, as scripts meet it (reference "REST API v2: the contract").
