import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url

from storage.database.engine import Database
from storage.database.secrets import SecretKeyError, cipher_for
from storage.database.types import Cipher

ON_A_SERVER = make_url("postgresql+psycopg://windshield@127.0.0.1/windshield")


def cipher_beside(folder: Path) -> Cipher:
    return cipher_for(make_url(f"sqlite:///{folder / 'windshield.db'}"), ())


def test_a_key_file_is_made_beside_the_database_for_its_owner_alone(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path / 'windshield.db'}").close()
    (made,) = tmp_path.iterdir()
    assert made.name == "windshield.key"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_two_starts_use_the_same_key_file(tmp_path: Path) -> None:
    kept = cipher_beside(tmp_path).encrypt(b"words")
    assert cipher_beside(tmp_path).decrypt(kept) == b"words"


def test_starts_at_the_same_time_use_the_same_key_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        ciphers = list(pool.map(cipher_beside, [tmp_path] * 8))
    kept = ciphers[0].encrypt(b"words")
    assert [cipher.decrypt(kept) for cipher in ciphers] == [b"words"] * 8


def test_a_start_in_the_middle_of_another_never_reads_half_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate = Fernet.generate_key
    others: list[Cipher] = []

    def start_another_first() -> bytes:
        monkeypatch.setattr(Fernet, "generate_key", generate)
        others.append(cipher_beside(tmp_path))
        return generate()

    monkeypatch.setattr(Fernet, "generate_key", start_another_first)
    kept = cipher_beside(tmp_path).encrypt(b"words")
    assert [other.decrypt(kept) for other in others] == [b"words"]
    assert [path.name for path in tmp_path.iterdir()] == ["windshield.key"]


def test_keys_from_the_settings_need_no_file(tmp_path: Path, secret_key: str) -> None:
    Database(f"sqlite:///{tmp_path / 'windshield.db'}", (secret_key,)).close()
    assert list(tmp_path.iterdir()) == []


def test_a_malformed_key_is_refused_with_the_way_to_make_one() -> None:
    with pytest.raises(SecretKeyError, match="Make one with") as refused:
        cipher_for(ON_A_SERVER, ("hunter2",))
    assert "hunter2" not in str(refused.value)


def test_a_malformed_key_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "windshield.key").write_text("")
    with pytest.raises(SecretKeyError, match=r"windshield\.key holds something that is no key"):
        cipher_beside(tmp_path)


def test_a_server_database_needs_a_key() -> None:
    with pytest.raises(SecretKeyError, match="WINDSHIELD_SECRET_KEY is not set"):
        cipher_for(ON_A_SERVER, ())
