<?php
ezdbfile_serve();
