/** Messages that every service shares, and the few Google types the protocol borrows. Protocol buffers text. */
export const sharedProto = `
syntax = "proto3";
package event_store.client;

message Empty {}
message UUID {
  message Structured { int64 most_significant_bits = 1; int64 least_significant_bits = 2; }
  oneof value { Structured structured = 1; string string = 2; }
}
message StreamIdentifier { bytes stream_name = 3; }
message AllStreamPosition { uint64 commit_position = 1; uint64 prepare_position = 2; }
message WrongExpectedVersion {
  oneof current_stream_revision_option {
    uint64 current_stream_revision = 1;
    Empty current_no_stream = 2;
  }
  oneof expected_stream_position_option {
    uint64 expected_stream_position = 3;
    Empty expected_any = 4;
    Empty expected_stream_exists = 5;
    Empty expected_no_stream = 6;
  }
}
message StreamDeleted { StreamIdentifier stream_identifier = 1; }
message MaximumAppendSizeExceeded { uint32 max_append_size = 1; }
message BadRequest { string message = 1; }
message AccessDenied {}
message Timeout {}
message Unknown {}

// google.protobuf.Timestamp, Duration and Any, and google.rpc.Status, under our own package: on the wire only the fields count.
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Duration { int64 seconds = 1; int32 nanos = 2; }
message Any { string type_url = 1; bytes value = 2; }
message RpcStatus { int32 code = 1; string message = 2; Any details = 3; }
`;
