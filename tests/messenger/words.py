"""The words with which Slack says that it refuses, for each method that the product calls.

Names only, as its method pages list them (https://docs.slack.dev/reference/methods) and its API
specification of 2020 did before; Slack answers more than it lists. Those of a response URL are from
https://docs.slack.dev/interactivity/handling-user-interaction.
"""

RESPONSE_URL = "response_url"

_EVERYWHERE = """
    access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied
    enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments
    invalid_array_arg invalid_auth invalid_charset invalid_form_data invalid_post_type
    json_not_object method_deprecated missing_post_type missing_scope no_permission
    not_allowed_token_type not_authed org_login_required ratelimited request_timeout
    service_unavailable team_access_not_granted team_added_to_org token_expired token_revoked
    two_factor_setup_required unknown_method upgrade_required
"""

_OWN = {
    "auth.test": """
        invalid_json
    """,
    "chat.postMessage": """
        as_user_not_supported attachment_payload_limit_exceeded cannot_dm_bot
        cannot_reply_to_message channel_not_found duplicate_channel_not_found
        duplicate_message_not_found invalid_blocks invalid_blocks_format invalid_metadata_format
        invalid_metadata_schema is_archived markdown_text_conflict message_limit_exceeded
        messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large msg_blocks_too_long
        msg_too_long no_text not_in_channel rate_limited restricted_action
        restricted_action_non_threadable_channel restricted_action_read_only_channel
        restricted_action_thread_locked restricted_action_thread_only_channel
        slack_connect_file_link_sharing_blocked team_not_found too_many_attachments
        too_many_contact_cards user_disabled user_not_found
    """,
    "chat.update": """
        block_mismatch cant_broadcast_message cant_update_message channel_not_found
        edit_window_closed external_channel_migrating invalid_attachments invalid_blocks
        invalid_json invalid_metadata_format is_archived is_inactive message_not_found
        metadata_too_large msg_blocks_too_long msg_too_long no_dual_broadcast_content_update
        no_text rate_limited streaming_state_conflict too_many_attachments update_failed
    """,
    "conversations.history": """
        channel_not_found invalid_cursor invalid_json invalid_limit invalid_metadata_keys
        invalid_ts_latest invalid_ts_oldest method_not_supported_for_channel_type not_in_channel
    """,
    "conversations.open": """
        channel_not_found invalid_json invalid_user_combination
        method_not_supported_for_channel_type not_enough_users too_many_users user_disabled
        user_not_found user_not_visible users_list_not_supplied
    """,
    "files.completeUploadExternal": """
        channel_not_found file_not_found file_update_failed invalid_channel not_in_channel
        posting_to_channel_denied restricted_action
    """,
    "files.getUploadURLExternal": """
        alt_txt_too_large file_type_not_allowed file_upload_size_restricted file_uploads_disabled
        file_uploads_except_images_disabled missing_argument snippet_too_large
        unknown_snippet_type
    """,
    "files.info": """
        file_deleted file_not_found
    """,
    "users.info": """
        invalid_json user_not_found user_not_visible
    """,
    "users.list": """
        invalid_cursor invalid_json invalid_limit limit_required missing_argument
    """,
    "views.open": """
        duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_blocks
        invalid_trigger_id not_found trigger_exchanged trigger_expired view_too_large
    """,
    "views.publish": """
        duplicate_external_id hash_conflict not_enabled user_not_found view_too_large
    """,
    "views.push": """
        duplicate_external_id exchanged_trigger_id expired_trigger_id invalid_trigger_id
        push_limit_reached trigger_exchanged trigger_expired view_too_large
    """,
    "views.update": """
        duplicate_external_id hash_conflict not_found view_too_large
    """,
}

WORDS = {method: sorted((_EVERYWHERE + own).split()) for method, own in _OWN.items()} | {
    RESPONSE_URL: ["expired_url", "invalid_payload", "no_text", "used_url"]
}
