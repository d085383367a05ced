/** The streams service: read, append, delete and tombstone. Protocol buffers text. */
export const streamsProto = `
syntax = "proto3";
package event_store.client.streams;

message ReadReq {
  Options options = 1;
  message Options {
    oneof stream_option { StreamOptions stream = 1; AllOptions all = 2; }
    int32 read_direction = 3; // 0 forwards, 1 backwards
    bool resolve_links = 4;
    oneof count_option { uint64 count = 5; SubscriptionOptions subscription = 6; }
    oneof filter_option { FilterOptions filter = 7; Empty no_filter = 8; }
    UUIDOption uuid_option = 9;
    ControlOption control_option = 10;
  }
  message StreamOptions {
    StreamIdentifier stream_identifier = 1;
    oneof revision_option { uint64 revision = 2; Empty start = 3; Empty end = 4; }
  }
  message AllOptions { oneof all_option { AllStreamPosition position = 1; Empty start = 2; Empty end = 3; } }
  message SubscriptionOptions {}
  message FilterOptions {
    oneof filter { Expression stream_identifier = 1; Expression event_type = 2; }
    oneof window { uint32 max = 3; Empty count = 4; }
    uint32 checkpoint_interval_multiplier = 5;
  }
  message Expression { string regex = 1; repeated string prefix = 2; }
  message UUIDOption { oneof content { Empty structured = 1; Empty string = 2; } }
  message ControlOption { uint32 compatibility = 1; }
}

// The server writes ReadResp.event by hand (event-frame.ts); this is the rest.
message ReadResp {
  oneof content {
    SubscriptionConfirmation confirmation = 2;
    AllStreamPosition checkpoint = 3;
    StreamNotFound stream_not_found = 4;
    uint64 first_stream_position = 5;
    uint64 last_stream_position = 6;
    Empty caught_up = 8;
  }
  message SubscriptionConfirmation { string subscription_id = 1; }
  message StreamNotFound { StreamIdentifier stream_identifier = 1; }
}
message RecordedEvent {
  UUID id = 1;
  StreamIdentifier stream_identifier = 2;
  uint64 stream_revision = 3;
  uint64 prepare_position = 4;
  uint64 commit_position = 5;
  map<string, string> metadata = 6;
  bytes custom_metadata = 7;
  bytes data = 8;
}

message ProposedMessage {
  UUID id = 1;
  map<string, string> metadata = 2;
  bytes custom_metadata = 3;
  bytes data = 4;
}
message AppendReq {
  oneof content { Options options = 1; ProposedMessage proposed_message = 2; }
  message Options {
    StreamIdentifier stream_identifier = 1;
    oneof expected_stream_revision { uint64 revision = 2; Empty no_stream = 3; Empty any = 4; Empty stream_exists = 5; }
  }
}
message AppendResp {
  oneof result { Success success = 1; WrongExpectedVersion wrong_expected_version = 2; }
  message Success {
    oneof current_revision_option { uint64 current_revision = 1; Empty no_stream = 2; }
    oneof position_option { AllStreamPosition position = 3; Empty no_position = 4; }
  }
  message WrongExpectedVersion {
    oneof current_revision_option { uint64 current_revision = 6; Empty current_no_stream = 7; }
    oneof expected_revision_option {
      uint64 expected_revision = 8;
      Empty expected_any = 9;
      Empty expected_stream_exists = 10;
      Empty expected_no_stream = 11;
    }
  }
}
message BatchAppendReq {
  UUID correlation_id = 1;
  Options options = 2;
  repeated ProposedMessage proposed_messages = 3;
  bool is_final = 4;
  message Options {
    StreamIdentifier stream_identifier = 1;
    oneof expected_stream_position { uint64 stream_position = 2; Empty no_stream = 3; Empty any = 4; Empty stream_exists = 5; }
    oneof deadline_option { Timestamp deadline_21_10_0 = 6; Duration deadline = 7; }
  }
}
message BatchAppendResp {
  UUID correlation_id = 1;
  oneof result { RpcStatus error = 2; AppendResp.Success success = 3; }
  StreamIdentifier stream_identifier = 4;
  oneof expected_stream_position { uint64 stream_position = 5; Empty no_stream = 6; Empty any = 7; Empty stream_exists = 8; }
}
message DeleteReq { AppendReq.Options options = 1; }
message DeleteResp { oneof position_option { AllStreamPosition position = 1; Empty no_position = 2; } }
`;
