from switchrank.jobs import calibration


def test_it_is_a_short_piece_of_work():
    assert 0.1 < calibration.measure() < 20
