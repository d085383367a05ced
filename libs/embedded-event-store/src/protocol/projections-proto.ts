/** The part of the projections service that system projections need. Protocol buffers text. */
export const projectionsProto = `
syntax = "proto3";
package event_store.client.projections;

message NameReq { Options options = 1; message Options { string name = 1; } }
message StatisticsReq {
  Options options = 1;
  message Options {
    oneof mode { string name = 1; Empty all = 2; Empty transient = 3; Empty continuous = 4; Empty one_time = 5; }
  }
}
message StatisticsResp {
  Details details = 1;
  message Details {
    int64 core_processing_time = 1;
    int64 version = 2;
    int64 epoch = 3;
    string effective_name = 4;
    int32 writes_in_progress = 5;
    int32 reads_in_progress = 6;
    int32 partitions_cached = 7;
    string status = 8;
    string state_reason = 9;
    string name = 10;
    string mode = 11;
    string position = 12;
    float progress = 13;
    string last_checkpoint = 14;
    int64 events_processed_after_restart = 15;
    string checkpoint_status = 16;
    int64 buffered_events = 17;
    int32 write_pending_events_before_checkpoint = 18;
    int32 write_pending_events_after_checkpoint = 19;
  }
}
`;
